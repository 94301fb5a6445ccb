package mlops.emulator.saved;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.file.datalake.DataLakeFileClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import mlops.emulator.blob.StorageRig;
import mlops.emulator.state.Folders;
import mlops.emulator.state.StateHold;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is saved stays as it is, whatever happens to the state that was saved, or loaded from it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class SavedStatesTest {
  private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

  @TempDir Path folder;
  private Path state;
  private StorageRig storage;

  @BeforeEach
  void write() {
    state = folder.resolve("azure");
    storage = StorageRig.in(state);
    storage.container("flat", "some").getBlobClient("log").getAppendBlobClient().create();
    storage.dataLakeWithKey().createFileSystem("lake").createFile("log");
    add("one");
  }

  /** Lets an append blob and a file grow, which are written in place. */
  private void add(String text) {
    storage
        .container("flat", "some")
        .getBlobClient("log")
        .getAppendBlobClient()
        .appendBlock(new ByteArrayInputStream(text.getBytes(UTF_8)), text.length());
    DataLakeFileClient file = file();
    long size = file.getProperties().getFileSize();
    file.append(BinaryData.fromString(text), size);
    file.flush(size + text.length(), true);
  }

  private DataLakeFileClient file() {
    return storage.dataLakeWithKey().getFileSystemClient("lake").getFileClient("log");
  }

  private void holds(String text) {
    String log =
        storage.container("flat", "some").getBlobClient("log").downloadContent().toString();
    assertEquals(text, log);
    Path content = storage.store().find("deep", "lake", "log").orElseThrow().content();
    assertEquals(text, read(content).substring(0, text.length()));
    assertEquals(text.length(), file().getProperties().getFileSize());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private SavedState save(String name) throws IOException {
    try (StateHold hold = StateHold.of(state).orElseThrow()) {
      return SavedStates.of(state).save(name, hold, NOW);
    }
  }

  private void load(String name) throws IOException {
    SavedStates saved = SavedStates.of(state);
    try (StateHold hold = StateHold.of(state).orElseThrow()) {
      saved.load(saved.find(name).orElseThrow(), Optional.of(hold), fresh -> {});
    }
    storage = StorageRig.in(state);
  }

  /** All bytes of a saved state. */
  private SortedMap<String, String> bytes(String name) throws IOException {
    Path root = folder.resolve("azure.saved").resolve(name);
    SortedMap<String, String> bytes = new TreeMap<>();
    for (Path file : Folders.files(root)) {
      String text = Base64.getEncoder().encodeToString(Files.readAllBytes(file));
      bytes.put(root.relativize(file).toString(), text);
    }
    return bytes;
  }

  @Test
  void two_branches_of_one_state_grow_apart() throws IOException {
    SavedState first = save("first");
    SortedMap<String, String> saved = bytes("first");
    assertTrue(first.files() > 10 && first.bytes() > 1000, first::toString);
    add("two");
    holds("onetwo");
    assertEquals(saved, bytes("first"));

    save("second");
    SortedMap<String, String> second = bytes("second");
    load("first");
    holds("one");
    add("six");
    holds("onesix");
    storage.container("flat", "some").getBlobClient("log").delete();
    assertEquals(saved, bytes("first"));
    assertEquals(second, bytes("second"));

    load("second");
    holds("onetwo");
    load("first");
    holds("one");
  }

  @Test
  void contents_are_links_and_all_else_is_a_copy() throws IOException {
    SavedState saved = save("first");
    Path content = storage.store().find("flat", "some", "log").orElseThrow().content();
    Path there = saved.state().resolve(state.relativize(content));
    assertTrue(Files.isSameFile(content, there));
    Path journal = content.resolve("../../index.jsonl").normalize();
    assertFalse(Files.isSameFile(journal, saved.state().resolve(state.relativize(journal))));
    assertArrayEquals(
        Files.readAllBytes(journal),
        Files.readAllBytes(saved.state().resolve(state.relativize(journal))));
  }

  @Test
  void what_a_killed_process_left_is_no_saved_state_and_goes() throws IOException {
    save("first");
    Path half = Files.createDirectories(folder.resolve("azure.saved/.new-1/state"));
    Path gone = Files.createDirectories(folder.resolve("azure.saved/.gone-1"));
    assertEquals(1, SavedStates.of(state).list().size());
    save("first"); // in the place of the one before
    assertEquals(1, SavedStates.of(state).list().size());
    assertFalse(Files.exists(half));
    assertFalse(Files.exists(gone));
  }

  @Test
  void a_copy_that_is_refused_changes_nothing_and_leaves_nothing() throws IOException {
    SavedStates saved = SavedStates.of(state);
    SavedState first = save("first");
    add("two");
    try (StateHold hold = StateHold.of(state).orElseThrow()) {
      assertThrows(
          IllegalStateException.class,
          () ->
              saved.load(
                  first,
                  Optional.of(hold),
                  fresh -> {
                    throw new IllegalStateException("broken");
                  }));
    }
    holds("onetwo");
    assertEquals(3, Folders.list(saved.folder()).size(), "the state, .gitignore and .lock");
  }
}
