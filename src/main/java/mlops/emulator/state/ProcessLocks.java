package mlops.emulator.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Locks by name, which the system takes back when the process that holds them ends, however it
 * ends. That tells the living from the dead where the number of a process does not: it may be a
 * zombie's, or another's by now. Each lock is on a byte of one file, at a place that its name
 * decides. The file stays open as long as this is there: to close it would give all locks back.
 */
public final class ProcessLocks {
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

  private final FileChannel channel;

  private ProcessLocks(FileChannel channel) {
    this.channel = channel;
  }

  static ProcessLocks in(Path folder) throws IOException {
    return new ProcessLocks(FileChannel.open(folder.resolve(".held"), CREATE, READ, WRITE));
  }

  /** Takes a lock, unless somebody has it, in this process or another. */
  public synchronized Optional<Held> tryLock(String name) {
    try {
      return Optional.ofNullable(channel.tryLock(place(name), 1, false)).map(Held::new);
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // this process has it
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes a lock, once nobody else has it. */
  public Held lock(String name) {
    while (true) {
      Optional<Held> held = tryLock(name);
      if (held.isPresent()) {
        return held.get();
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Whether a living process has a lock. */
  public synchronized boolean isHeld(String name) {
    try (FileLock looked = channel.tryLock(place(name), 1, true)) { // those who look share it
      return looked == null;
    } catch (OverlappingFileLockException e) {
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long place(String name) {
    return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).getLeastSignificantBits() >>> 2;
  }

  /** A lock while this process has it. */
  public static final class Held implements AutoCloseable {
    private final FileLock lock;

    private Held(FileLock lock) {
      this.lock = lock;
    }

    /** Gives it back. */
    @Override
    public void close() {
      try {
        lock.release();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
