package mlops.emulator.blob.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.function.Consumer;
import mlops.emulator.http.Json;
import mlops.emulator.state.BrokenFile;
import mlops.emulator.state.DurableFiles;
import org.jspecify.annotations.Nullable;

/**
 * A file of changes, one JSON array a line, that only grows. A line is valid once its newline is
 * written, so a process that ends in the middle of one leaves nothing behind. What other processes
 * append is read on {@link #refresh}; appending needs the lock of the container.
 */
final class Journal {
  private static final int LARGEST_READ = 1 << 20;

  private final Path file;
  private @Nullable FileChannel channel;
  private @Nullable Object fileKey;
  private long position;
  private long lines;

  Journal(Path file) {
    this.file = file;
  }

  /** How many lines were read or written since the file was new. */
  long lines() {
    return lines;
  }

  /** Whether other processes would notice that the file is another one; Windows cannot tell. */
  boolean canBeReplaced() {
    return fileKey != null;
  }

  /** Whether there is anything on disk that {@link #refresh} would read. */
  boolean isStale() throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return channel == null || isOther(now) || now.size() != position;
    } catch (NoSuchFileException e) {
      return channel != null;
    }
  }

  /**
   * Hands over the changes that are new on disk.
   *
   * @param restart called first where the file is another one than before
   */
  void refresh(Runnable restart, Consumer<ArrayNode> changes) throws IOException {
    BasicFileAttributes now;
    try {
      now = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      close();
      restart.run();
      return;
    }
    FileChannel open = channel;
    if (open == null || isOther(now) || now.size() < position) {
      close();
      restart.run();
      open = FileChannel.open(file, READ, WRITE);
      channel = open;
      fileKey = now.fileKey();
    }
    if (now.size() != position) {
      readLines(open, changes);
    }
  }

  private boolean isOther(BasicFileAttributes now) {
    return now.fileKey() != null && !now.fileKey().equals(fileKey);
  }

  private void readLines(FileChannel from, Consumer<ArrayNode> changes) throws IOException {
    byte[] bytes = new byte[(int) Math.min(LARGEST_READ, Math.max(from.size() - position, 1))];
    int kept = 0;
    while (true) {
      int read = from.read(ByteBuffer.wrap(bytes, kept, bytes.length - kept), position + kept);
      if (read <= 0) {
        return; // what is kept is a line that is not whole yet
      }
      int start = 0;
      for (int i = kept; i < kept + read; i++) {
        if (bytes[i] == '\n') {
          readLine(changes, bytes, start, i - start);
          lines++;
          start = i + 1;
        }
      }
      position += start;
      kept = kept + read - start;
      byte[] next = kept == bytes.length ? new byte[bytes.length * 2] : bytes;
      System.arraycopy(bytes, start, next, 0, kept);
      bytes = next;
    }
  }

  private void readLine(Consumer<ArrayNode> changes, byte[] bytes, int start, int length) {
    try {
      if (Json.MAPPER.readTree(bytes, start, length) instanceof ArrayNode read) {
        changes.accept(read);
        return;
      }
      throw new IOException("it is no list of changes");
    } catch (IOException | RuntimeException e) {
      BrokenFile why = BrokenFile.of(file, e);
      throw new BrokenFile(file, "line %d: %s".formatted(lines + 1, why.problem())).failure(e);
    }
  }

  /** Appends one line; the caller has the lock and has refreshed. */
  void append(ArrayNode changes) throws IOException {
    FileChannel open = channel;
    if (open == null) {
      open = FileChannel.open(file, CREATE, READ, WRITE);
      channel = open;
      fileKey = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      position = 0;
    }
    byte[] line = line(changes);
    int written = writeAt(open, line, position);
    if (open.size() > position + written) {
      open.truncate(position + written); // the rest of a torn line
    }
    position += written;
    lines++;
  }

  /** Replaces the file by one with these lines only, in one step. */
  void rewrite(Iterable<ArrayNode> all) throws IOException {
    Path fresh = file.resolveSibling("index.new");
    Files.deleteIfExists(fresh);
    long length = 0;
    long count = 0;
    try (FileChannel out = FileChannel.open(fresh, CREATE_NEW, WRITE)) {
      for (ArrayNode changes : all) {
        length += writeAt(out, line(changes), length);
        count++;
      }
      out.force(true); // it takes the place of all that was written before, which is on disk by now
    }
    close();
    DurableFiles.replace(fresh, file);
    channel = FileChannel.open(file, READ, WRITE);
    fileKey = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    position = length;
    lines = count;
  }

  private static byte[] line(ArrayNode changes) {
    byte[] json = Json.bytes(changes);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  private static int writeAt(FileChannel out, byte[] bytes, long at) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer, at + buffer.position());
    }
    return bytes.length;
  }

  void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    fileKey = null;
    position = 0;
    lines = 0;
    if (open != null) {
      open.close();
    }
  }
}
