package mlops.emulator.state;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Tells that a state is in use: each process that has opened it holds a shared lock as long as it
 * lives. Whoever wants to throw the state away looks first; else the other process would write into
 * a folder that is gone.
 */
final class InUseLock {
  private final FileChannel channel;
  private final @Nullable FileLock shared;

  private InUseLock(FileChannel channel, @Nullable FileLock shared) {
    this.channel = channel;
    this.shared = shared;
  }

  static InUseLock in(Path folder) throws IOException {
    FileChannel channel = open(folder);
    try {
      return new InUseLock(channel, channel.lock(0, Long.MAX_VALUE, true));
    } catch (OverlappingFileLockException e) {
      return new InUseLock(channel, null); // this process has said so already
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

  private static FileChannel open(Path folder) throws IOException {
    return FileChannel.open(folder.resolve(".present"), CREATE, READ, WRITE);
  }

  @Override
  public String toString() {
    return "%s %s".formatted(channel, shared);
  }
}
