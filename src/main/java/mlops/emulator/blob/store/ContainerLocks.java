package mlops.emulator.blob.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Locks between processes, one for each container: byte ranges of one file. It lies beside the
 * containers, not in them, so that deleting a container takes no lock away.
 *
 * <p>A lock is tried again until it is free, not waited for in the kernel: that keeps locks by
 * process, and so sees a deadlock (EDEADLK) where one thread of each of two processes waits for
 * something that another thread of the other one holds.
 */
final class ContainerLocks {
  private static final long PAUSE_NANOS = 50_000;

  private final FileChannel channel;

  ContainerLocks(Path folder) {
    try {
      this.channel = FileChannel.open(folder.resolve(".containers.lock"), CREATE, WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FileLock acquire(String containerId) throws IOException {
    long region = Integer.toUnsignedLong(containerId.hashCode());
    while (true) {
      try {
        FileLock lock = channel.tryLock(region, 1, false);
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // A second store of this process on the same state holds it, for a moment. So may another
        // process.
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
