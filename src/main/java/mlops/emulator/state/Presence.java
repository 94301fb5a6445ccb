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
 * That a process works on a state: a shared lock which it holds as long as it lives. Who wants to
 * throw the state away sees it; else the other process would write into a folder that is gone.
 */
final class Presence {
  private final FileChannel channel;
  private final @Nullable FileLock shared;

  private Presence(FileChannel channel, @Nullable FileLock shared) {
    this.channel = channel;
    this.shared = shared;
  }

  static Presence in(Path folder) throws IOException {
    FileChannel channel = open(folder);
    try {
      return new Presence(channel, channel.lock(0, Long.MAX_VALUE, true));
    } catch (OverlappingFileLockException e) {
      return new Presence(channel, null); // this process has said so already
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
