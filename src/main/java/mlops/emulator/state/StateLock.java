package mlops.emulator.state;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One lock on a state folder, between the threads of this process and between processes. */
final class StateLock {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

  private final ReentrantLock threads = new ReentrantLock(true);
  private final FileChannel channel;
  private final Duration patience;
  private @Nullable FileLock processes;

  private StateLock(FileChannel channel, Duration patience) {
    this.channel = channel;
    this.patience = patience;
  }

  static StateLock in(Path folder) throws IOException {
    return in(folder, PATIENCE);
  }

  /**
   * @param patience how long it waits where this process holds the folder by another lock
   */
  static StateLock in(Path folder, Duration patience) throws IOException {
    return new StateLock(FileChannel.open(folder.resolve(".lock"), CREATE, WRITE), patience);
  }

  Held acquire() {
    threads.lock();
    try {
      if (threads.getHoldCount() == 1) {
        processes = lock();
      }
      return new Held();
    } catch (IOException e) {
      threads.unlock();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      threads.unlock();
      throw e;
    }
  }

  /**
   * Where this process has opened the folder twice, the other holds it for a moment.
   *
   * @throws OverlappingFileLockException where that lasts: this very thread may hold it there
   */
  private FileLock lock() throws IOException {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE);
      }
    }
  }

  /** The lock while it is held. */
  final class Held implements AutoCloseable {
    <T> T run(Supplier<T> work) {
      return work.get();
    }

    @Override
    public void close() {
      try {
        FileLock held = processes;
        if (threads.getHoldCount() == 1 && held != null) {
          processes = null;
          held.release();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        threads.unlock();
      }
    }
  }
}
