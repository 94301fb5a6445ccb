package mlops.emulator.blob.content;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.azure.core.util.BinaryData;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import mlops.emulator.state.DurableFiles;
import mlops.emulator.state.Folders;

/**
 * The files that hold the bytes of a container's blobs, under random names. A file is written
 * before anything points to it, and goes after nothing does; what a killed process leaves is
 * collected when the container is opened later.
 */
public final class ContentFiles {
  private static final int BUFFER = 1 << 16;
  private static final int JOIN_BUFFER = 1 << 20;
  private static final Duration LAST_READERS = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE_OF_A_WRITER = Duration.ofHours(1);

  private record Retired(Path file, Instant since) {}

  private final Path folder;
  private final Queue<Retired> retired = new ConcurrentLinkedQueue<>();

  public ContentFiles(Path folder) {
    this.folder = folder;
  }

  public Path path(String name) {
    return folder.resolve(name);
  }

  /** A name for new content. */
  Path fresh() {
    return folder.resolve(UUID.randomUUID().toString());
  }

  /** Writes a body as it arrives to a new file. */
  public WrittenFile write(BinaryData body, boolean withMd5) {
    Path file = fresh();
    try (OutputStream out = Files.newOutputStream(file, CREATE_NEW, WRITE);
        HashingStream hashing = new HashingStream(out, withMd5)) {
      Long length = body.getLength();
      if (length == null || length > BUFFER) {
        BufferedOutputStream buffered = new BufferedOutputStream(hashing, BUFFER);
        body.writeTo(buffered);
        buffered.flush();
      } else if (length > 0) { // the SDK cannot read an empty file
        hashing.write(body.toBytes());
      }
      return new WrittenFile(file, hashing.size(), hashing.md5(), hashing.crc64());
    } catch (IOException e) {
      discard(file);
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      discard(file); // the sender went away
      throw e;
    }
  }

  /** Takes over a file of the same or another file system. */
  public WrittenFile adopt(Path source, boolean move) {
    Path file = fresh();
    try (HashingStream hashing = new HashingStream(OutputStream.nullOutputStream(), true)) {
      if (move) {
        Files.move(source, file);
      } else {
        Files.copy(source, file);
      }
      Files.copy(file, hashing);
      return new WrittenFile(file, hashing.size(), hashing.md5(), hashing.crc64());
    } catch (IOException e) {
      discard(file);
      throw new UncheckedIOException(e);
    }
  }

  /** Gives content that never changes a second name, without copying where the disk can. */
  public Path link(Path content) {
    Path file = fresh();
    try {
      return Files.createLink(file, content);
    } catch (UnsupportedOperationException e) {
      return copy(content, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path copy(Path content, Path file) {
    try {
      return Files.copy(content, file);
    } catch (IOException e) {
      discard(file);
      throw new UncheckedIOException(e);
    }
  }

  /** Copies parts of files one after the other into a new file. */
  public WrittenFile join(List<Part> parts) {
    Path file = fresh();
    try (InputStream in = new PartsStream(parts);
        OutputStream out = Files.newOutputStream(file, CREATE_NEW, WRITE);
        HashingStream hashing = new HashingStream(out, false)) {
      byte[] buffer = new byte[JOIN_BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hashing.write(buffer, 0, read);
      }
      return new WrittenFile(file, hashing.size(), null, hashing.crc64());
    } catch (IOException e) {
      discard(file);
      throw new UncheckedIOException(e);
    }
  }

  /** Some bytes of a file. */
  public record Part(Path file, long position, long size) {}

  /** Whether a content is that of another container, job or saved state, too. */
  public static boolean isShared(Path content) {
    try {
      return content.getFileSystem().supportedFileAttributeViews().contains("unix")
          && Files.getAttribute(content, "unix:nlink") instanceof Integer names
          && names > 1;
    } catch (NoSuchFileException e) {
      return false; // it is written for the first time
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes sure that who lets a content grow changes no other state: one with more than one name
   * gets a file of its own, under the name that it has. Who calls has the lock of the container.
   */
  public void own(Path content) {
    if (!isShared(content)) {
      return;
    }
    Path file = fresh();
    try {
      Files.copy(content, file, StandardCopyOption.COPY_ATTRIBUTES);
      DurableFiles.replace(file, content);
    } catch (IOException e) {
      discard(file);
      throw new UncheckedIOException(e);
    }
  }

  /** Writes bytes behind the part of a content that counts. */
  public void append(byte[] bytes, Path content, long position) {
    own(content);
    try (FileChannel out = FileChannel.open(content, WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        out.write(buffer, position + buffer.position());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what arrived behind the part of a content that counts. */
  public void append(WrittenFile written, Path content, long position) {
    own(content);
    try (FileChannel in = FileChannel.open(written.file(), READ);
        FileChannel out = FileChannel.open(content, WRITE)) {
      out.position(position);
      transfer(in, 0, written.size(), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void transfer(FileChannel in, long from, long size, FileChannel out)
      throws IOException {
    long done = 0;
    while (done < size) {
      long moved = in.transferTo(from + done, size - done, out);
      if (moved <= 0) {
        throw new IOException("a content file is shorter than the index says");
      }
      done += moved;
    }
  }

  /** Deletes what nobody was told of. */
  public void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes content that nothing points to any more, once answers under way have read it. */
  public void retire(Path file) {
    Instant now = Instant.now();
    retired.add(new Retired(file, now));
    Retired oldest = retired.peek();
    while (oldest != null && oldest.since().plus(LAST_READERS).isBefore(now)) {
      if (retired.remove(oldest)) {
        discard(oldest.file());
      }
      oldest = retired.peek();
    }
  }

  /** Deletes files that nothing points to and nobody writes to. */
  public void collect(Set<Path> inUse) throws IOException {
    Instant limit = Instant.now().minus(LONGEST_PAUSE_OF_A_WRITER);
    for (Path file : Folders.list(folder)) {
      if (!inUse.contains(file) && lastChange(file).isBefore(limit)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Instant lastChange(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      return Instant.MAX; // another process deletes it, or the container, meanwhile
    }
  }
}
