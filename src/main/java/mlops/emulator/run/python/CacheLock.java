package mlops.emulator.run.python;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import mlops.emulator.run.process.JobControl;

/** The right to build one environment, which one thread of one process has at a time. */
record CacheLock(FileChannel channel, FileLock held) implements AutoCloseable {

  /**
   * Waits for the right.
   *
   * @param control whose job no longer waits when it is cancelled
   */
  static CacheLock take(Path file, JobControl control) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      return new CacheLock(channel, acquire(channel, control));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock acquire(FileChannel channel, JobControl control) throws IOException {
    while (true) {
      control.check();
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // another thread of this process builds it
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** What is done while this is held. */
  interface Work<T> {
    T done() throws IOException;
  }

  <T> T during(Work<T> work) throws IOException {
    return work.done();
  }

  @Override
  public void close() throws IOException {
    held.release();
    channel.close();
  }
}
