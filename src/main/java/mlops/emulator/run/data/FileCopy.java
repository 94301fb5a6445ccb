package mlops.emulator.run.data;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import mlops.emulator.run.process.Machine;

/**
 * Copies of files. Of large ones the file system shares the blocks where it can, which Java cannot
 * ask it for, but {@code cp} can; a file below that size is quicker copied than {@code cp} starts.
 */
final class FileCopy {
  private static final long LARGE = 16 << 20;
  private static final long LONGEST_MINUTES = 60;

  /** Copies the first bytes of a file, which may be longer, to one that is not there. */
  static void copy(Path from, long size, Path to) throws IOException {
    boolean all = Files.size(from) == size;
    if (all && size >= LARGE && !Machine.isWindows() && isShared(from, to)) {
      return;
    }
    try (FileChannel in = FileChannel.open(from, READ);
        FileChannel out = FileChannel.open(to, CREATE_NEW, WRITE)) {
      long done = 0;
      while (done < size) {
        long moved = in.transferTo(done, size - done, out);
        if (moved <= 0) {
          throw new IOException("%s is shorter than its %d bytes".formatted(from, size));
        }
        done += moved;
      }
    }
  }

  private static boolean isShared(Path from, Path to) throws IOException {
    try {
      Process cp =
          new ProcessBuilder("cp", "--reflink=always", from.toString(), to.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (cp.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES) && cp.exitValue() == 0) {
        return true;
      }
      cp.destroyForcibly();
    } catch (IOException e) {
      // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(to);
    return false;
  }

  private FileCopy() {}
}
