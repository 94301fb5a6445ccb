package mlops.emulator.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that was read is read again exactly when it may be another one. */
class FileCacheTest {
  @TempDir Path folder;

  private final AtomicInteger reads = new AtomicInteger();
  private final FileCache<String> recent =
      new FileCache<>(
          file -> {
            reads.incrementAndGet();
            return Files.readString(file);
          });

  private Path written(String text, Instant time) throws IOException {
    Path file = folder.resolve("document.json");
    Path fresh = folder.resolve("fresh");
    Files.writeString(fresh, text);
    Files.setLastModifiedTime(fresh, FileTime.from(time));
    DurableFiles.replace(fresh, file);
    return file;
  }

  @Test
  void aSettledFileIsReadOnce() throws IOException {
    Path file = written("one", Instant.now().minusSeconds(10));
    assertEquals("one", recent.read(file));
    assertEquals("one", recent.read(file));
    assertEquals(1, reads.get());
  }

  @Test
  void aFileOfThisMomentIsReadEachTimeForAnotherMayFollowWithinTheSameTick() throws IOException {
    Path file = written("one", Instant.now().plusSeconds(60));
    recent.read(file);
    recent.read(file);
    assertEquals(2, reads.get());
  }

  @Test
  void aReplacedFileIsReadAgainThoughItIsAsLongAndAsOld() throws IOException {
    Instant time = Instant.now().minusSeconds(10);
    assertEquals("one", recent.read(written("one", time)));
    assertEquals("two", recent.read(written("two", time.plusMillis(1))));
    assertEquals(2, reads.get());
  }

  @Test
  void aDeletedFileIsGone() throws IOException {
    Path file = written("one", Instant.now().minusSeconds(10));
    recent.read(file);
    Files.delete(file);
    assertThrows(NoSuchFileException.class, () -> recent.read(file));
  }

  @Test
  void aLargeFileIsNotKept() throws IOException {
    byte[] large = new byte[100_000];
    Path file =
        written(new String(large, StandardCharsets.US_ASCII), Instant.now().minusSeconds(10));
    recent.read(file);
    recent.read(file);
    assertEquals(2, reads.get());
  }

  @Test
  void aCollectionShowsWhatAnotherStoreAddsAndDeletes() {
    StateTree one = StateTree.open(folder.resolve("state"));
    StateTree other = StateTree.open(folder.resolve("state"));
    for (int i = 0; i < 20; i++) {
      other.write("/things/" + i, JsonNodeFactory.instance.objectNode().put("i", i));
      assertEquals(i + 1, one.list("/things").size());
    }
    other.delete("/things/3");
    assertEquals(19, one.list("/things").size());
  }
}
