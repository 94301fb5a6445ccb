package mlops.emulator.blob;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.ApiException;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BlobStoreTest {
  private static final String ID =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/";

  @TempDir Path folder;
  private BlobStore store;

  private static Optional<BlobAccounts.Account> account(String name) {
    return Optional.of(
        new BlobAccounts.Account(
            ID + name,
            name,
            "StorageV2",
            "Standard_LRS",
            name.startsWith("hns"),
            true,
            true,
            List.of("a2V5", "a2V5Mg==")));
  }

  private BlobStore open() {
    return new BlobStore(
        StateTree.open(folder.resolve("state")), BlobStoreTest::account, Clock.systemUTC());
  }

  @BeforeEach
  void open_a_store_with_one_container() {
    store = open();
    store.createContainer("flat", "c");
  }

  private Blob put(String account, String name, String text) {
    return store.put(account, "c", name, text.getBytes(UTF_8), "text/plain");
  }

  private static String text(Blob blob) {
    try {
      return new String(Files.readAllBytes(blob.content()), 0, (int) blob.size(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void any_name_of_1024_characters_is_kept_with_its_case() {
    List<String> names =
        Stream.of("a", "a/b", "A", "a//b/", "x".repeat(1024), "ü/日本", "../../up", "%2e", "q?#&")
            .sorted()
            .toList();
    names.forEach(n -> put("flat", n, n));
    assertEquals(names, open().list("flat", "c", "").stream().map(Blob::name).toList());
    names.forEach(n -> assertEquals(n, text(open().find("flat", "c", n).orElseThrow())));
  }

  @Test
  void a_second_store_on_the_same_state_sees_each_change_at_once() {
    BlobStore other = open();
    put("flat", "a", "1");
    assertEquals("1", text(other.find("flat", "c", "a").orElseThrow()));
    other.put("flat", "c", "a", "2".getBytes(UTF_8), "text/plain");
    assertEquals("2", text(store.find("flat", "c", "a").orElseThrow()));
    assertTrue(other.delete("flat", "c", "a"));
    assertTrue(store.find("flat", "c", "a").isEmpty());
    assertFalse(store.delete("flat", "c", "a"));
  }

  @Test
  void two_stores_with_many_threads_lose_nothing() {
    BlobStore other = open();
    IntStream.range(0, 400)
        .parallel()
        .forEach(
            i ->
                (i % 2 == 0 ? store : other)
                    .put("flat", "c", "n" + i % 100, ("" + i).getBytes(UTF_8), "text/plain"));
    assertEquals(100, store.list("flat", "c", "").size());
    assertEquals(store.list("flat", "c", ""), other.list("flat", "c", ""));
    store.list("flat", "c", "").forEach(b -> assertEquals(b.size(), text(b).length()));
  }

  @Test
  void a_line_that_a_killed_process_left_half_written_is_ignored_and_overwritten()
      throws IOException {
    put("flat", "a", "1");
    Path index =
        StateTree.open(folder.resolve("state"))
            .directory(ID + "flat/blobServices/default/containers/c")
            .resolve("index.jsonl");
    Files.writeString(index, "[{\"op\":\"delete\",\"name\":\"a\"}", StandardOpenOption.APPEND);
    BlobStore next = open();
    assertEquals("1", text(next.find("flat", "c", "a").orElseThrow()));
    next.put("flat", "c", "b", new byte[0], "text/plain");
    assertEquals(2, open().list("flat", "c", "").size());
  }

  @Test
  void content_that_nothing_points_to_is_collected_once_it_is_old() throws IOException {
    Path content = put("flat", "a", "1").content();
    Path orphan = content.resolveSibling("orphan");
    Path underWay = content.resolveSibling("under-way");
    Files.writeString(orphan, "left");
    Files.setLastModifiedTime(orphan, FileTime.from(Instant.now().minusSeconds(7200)));
    Files.setLastModifiedTime(content, FileTime.from(Instant.now().minusSeconds(7200)));
    Files.writeString(underWay, "being written");
    assertEquals("1", text(open().find("flat", "c", "a").orElseThrow()));
    assertFalse(Files.exists(orphan));
    assertTrue(Files.exists(underWay));
  }

  @Test
  void a_long_history_is_rewritten_and_other_stores_follow() throws IOException {
    BlobStore other = open();
    for (int i = 0; i < 3000; i++) {
      put("flat", "a", "" + i);
    }
    Blob blob = other.find("flat", "c", "a").orElseThrow();
    assertEquals("2999", text(blob));
    Path index = blob.content().resolveSibling("../index.jsonl");
    assertTrue(Files.readAllLines(index).size() < 1100);
    other.put("flat", "c", "b", new byte[0], "text/plain");
    assertEquals(2, store.list("flat", "c", "").size());
  }

  @Test
  void a_file_is_taken_over_or_copied_with_its_md5() throws IOException {
    Path file = Files.writeString(folder.resolve("f.txt"), "hello");
    Blob copied = store.put("flat", "c", "copied", file, false, "text/plain");
    Blob moved = store.put("flat", "c", "moved", file, true, "text/plain");
    assertFalse(Files.exists(file));
    assertEquals("XUFAKrxLKna5cZ2REBfFkg==", copied.contentMd5());
    assertEquals("hello", text(copied) + text(moved).substring(5));
    assertArrayEquals(new long[] {5, 5}, new long[] {copied.size(), moved.size()});
  }

  @Test
  void a_hierarchical_account_has_real_directories() {
    store.createContainer("hns", "c");
    put("hns", "a/b/file", "1");
    assertTrue(store.find("hns", "c", "a/b").isEmpty(), "a directory is no blob");
    assertEquals(1, store.list("hns", "c", "a").size());
    ApiException e = assertThrows(ApiException.class, () -> put("hns", "a/b", "2"));
    assertEquals("ResourceTypeMismatch", e.code());
    assertThrows(ApiException.class, () -> put("hns", "a/b/file/below", "2"));
    assertTrue(store.delete("hns", "c", "a"));
    assertTrue(store.list("hns", "c", "").isEmpty());
  }

  @Test
  void a_log_grows_and_its_readers_keep_what_they_had() {
    Blob first = store.append("flat", "c", "log", "one\n".getBytes(UTF_8));
    Blob second = store.append("flat", "c", "log", "two\n".getBytes(UTF_8));
    assertEquals("one\n", text(first));
    assertEquals("one\ntwo\n", text(second));
    assertNull(second.contentMd5());
  }
}
