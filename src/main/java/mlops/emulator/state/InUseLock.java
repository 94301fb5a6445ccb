package mlops.emulator.state;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a state is in use: each process that has opened it holds a shared lock as long as it
 * lives. Whoever wants to throw the state away looks first; else the other process would write into
 * a folder that is gone.
 */
final class InUseLock {
  private static final String FILE = ".present";

  private final FileChannel channel;
  private final @Nullable FileLock lock;
  private final boolean current;

  private InUseLock(FileChannel channel, @Nullable FileLock lock, boolean current) {
    this.channel = channel;
    this.lock = lock;
    this.current = current;
  }

  /** Takes it; waits while {@link StateHold} has the state for itself. */
  static InUseLock in(Path folder) throws IOException {
    FileChannel channel = open(folder);
    Object file = key(folder);
    try {
      FileLock shared = channel.lock(0, Long.MAX_VALUE, true);
      return new InUseLock(channel, shared, Objects.equals(file, key(folder)));
    } catch (OverlappingFileLockException e) {
      return new InUseLock(channel, null, true); // this process has said so already
    }
  }

  /** Whether the folder is still the one that was meant: another may have taken its place. */
  boolean isCurrent() {
    return current;
  }

  private static @Nullable Object key(Path folder) throws IOException {
    try {
      return Files.readAttributes(folder.resolve(FILE), BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return FILE; // it was taken away: no file has this key
    }
  }

  /** Whether another process works on the state. */
  static boolean ofOthers(Path folder) throws IOException {
    try (FileChannel channel = open(folder);
        FileLock alone = channel.tryLock()) {
      return alone == null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process does
    }
  }

  /** The same for this process alone; empty where another works on the state. */
  static Optional<InUseLock> alone(Path folder) throws IOException {
    FileChannel channel = open(folder);
    try {
      FileLock alone = channel.tryLock();
      if (alone == null) {
        channel.close();
        return Optional.empty();
      }
      return Optional.of(new InUseLock(channel, alone, true));
    } catch (OverlappingFileLockException e) {
      return Optional.of(new InUseLock(channel, null, true)); // this very process works on it
    }
  }

  /** Gives an exclusive lock back. */
  void release() throws IOException {
    if (lock != null) {
      channel.close();
    }
  }

  private static FileChannel open(Path folder) throws IOException {
    return FileChannel.open(folder.resolve(FILE), CREATE, READ, WRITE);
  }

  @Override
  public String toString() {
    return "%s %s".formatted(channel, lock);
  }
}
