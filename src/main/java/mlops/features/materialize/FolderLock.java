package mlops.features.materialize;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import mlops.error.MlopsException;

/** One run at a time in a folder, between threads and processes. */
final class FolderLock implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /** Waits for another run to end. */
  static FolderLock in(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (tryLock(channel).isEmpty()) {
        if (System.nanoTime() - end > 0) {
          channel.close();
          throw MlopsException.failed(
              "MaterializationBusy",
              "Another run has been materializing into %s for ten minutes".formatted(folder),
              "Wait for it, then run this again.");
        }
        LockSupport.parkNanos(20_000_000);
      }
      return new FolderLock(folder, channel);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + " cannot be used", e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // a thread of this process has it
    }
  }

  /** What is locked. */
  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
