package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.specialized.AppendBlobClient;
import com.azure.storage.blob.specialized.BlockBlobClient;
import com.azure.storage.file.datalake.DataLakeFileClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.ContainerCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that something else than the embedded Azure changed are never served as the old ones. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class ChangedContentTest {
  @TempDir Path folder;
  private StorageRig storage;
  private BlobContainerClient container;
  private final Map<String, String> texts = new TreeMap<>();

  @BeforeEach
  void write() {
    storage = StorageRig.in(folder);
    container = storage.container("flat", "some");
    put("at-once", "put at once");
    blocks("one-block", "all of it");
    blocks("blocks", "some", " of", " it");
    appends("log", "some", " more", " of it");
    BlobClient copy = container.getBlobClient("copy");
    copy.beginCopy(container.getBlobClient("at-once").getBlobUrl(), null).waitForCompletion();
    texts.put("copy", "put at once");
    texts.keySet().forEach(this::file); // what is in pieces becomes one file
  }

  private void put(String name, String text) {
    container.getBlobClient(name).upload(BinaryData.fromString(text), true);
    texts.put(name, text);
  }

  private void appends(String name, String... parts) {
    AppendBlobClient blob = container.getBlobClient(name).getAppendBlobClient();
    blob.create();
    for (String part : parts) {
      blob.appendBlock(new ByteArrayInputStream(part.getBytes(UTF_8)), part.length());
    }
    texts.put(name, String.join("", parts));
  }

  private void blocks(String name, String... parts) {
    BlockBlobClient blob = container.getBlobClient(name).getBlockBlobClient();
    List<String> ids =
        Stream.of(parts)
            .map(p -> Base64.getEncoder().encodeToString("%-8s".formatted(p).getBytes(UTF_8)))
            .toList();
    for (int i = 0; i < parts.length; i++) {
      blob.stageBlock(ids.get(i), BinaryData.fromString(parts[i]));
    }
    blob.commitBlockList(ids);
    texts.put(name, String.join("", parts));
  }

  private Path file(String name) {
    Blob blob = storage.store().find("flat", "some", name).orElseThrow();
    return blob.bytes().file();
  }

  private void change(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));
    bytes[2] ^= 1;
    Files.write(file(name), bytes);
  }

  private String read(String name) {
    return container.getBlobClient(name).downloadContent().toString();
  }

  @Test
  void however_a_blob_was_written_a_change_of_its_file_is_an_error_by_name() throws IOException {
    change("at-once"); // and with it the copy, which is a second name of the file
    change("one-block");
    change("blocks");
    change("log");
    for (String name : texts.keySet()) {
      Throwable told = assertThrows(Throwable.class, () -> read(name));
      StringBuilder all = new StringBuilder();
      for (Throwable t = told; t != null; t = t.getCause()) {
        all.append(t).append('\n');
      }
      assertTrue(
          all.toString().contains("the content of blob " + name + " was changed"), all::toString);
    }
    put("at-once", "written again");
    assertEquals("written again", read("at-once"));
  }

  @Test
  void a_state_that_was_copied_with_new_times_is_as_good_as_before() throws IOException {
    for (String name : texts.keySet()) {
      Files.setLastModifiedTime(file(name), FileTime.fromMillis(1_800_000_000_000L));
    }
    texts.forEach((name, text) -> assertEquals(text, read(name)));
  }

  @Test
  void a_file_that_was_appended_to_is_sealed_too() throws IOException {
    DataLakeFileClient file = storage.dataLakeWithKey().createFileSystem("lake").createFile("log");
    for (String part : List.of("one", "two", "six")) {
      file.append(BinaryData.fromString(part), 3L * List.of("one", "two", "six").indexOf(part));
    }
    file.flush(9, true);
    Blob blob = storage.store().find("deep", "lake", "log").orElseThrow();
    Files.setLastModifiedTime(blob.content(), FileTime.fromMillis(1_800_000_000_000L));
    assertEquals("onetwosix", Files.readString(blob.content()));
    Files.writeString(blob.bytes().file(), "onetwoten");
    assertThrows(UncheckedIOException.class, blob::content);
  }

  @Test
  void the_doctor_finds_what_was_changed_under_the_old_time() throws IOException {
    for (String name : List.of("blocks", "one-block")) { // these have no MD5
      FileTime before = Files.getLastModifiedTime(file(name));
      change(name);
      Files.setLastModifiedTime(file(name), before);
    }
    Path containerFolder =
        Objects.requireNonNull(Objects.requireNonNull(file("blocks").getParent()).getParent());
    List<String> found =
        ContainerCheck.of(containerFolder, true).stream().map(b -> b.problem()).toList();
    assertEquals(
        List.of(
            "the content of blob blocks is not what was stored",
            "the content of blob one-block is not what was stored"),
        found);
  }
}
