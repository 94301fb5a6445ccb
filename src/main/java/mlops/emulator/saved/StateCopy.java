package mlops.emulator.saved;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import mlops.emulator.state.Folders;

/**
 * A second state with what is in a first one. The contents of blobs, which are nearly all of its
 * bytes, are links: whoever lets one grow gives it a file of its own first ({@code
 * ContentFiles.own}). All else is copied, so that no edit of a file of one state is one of the
 * other.
 */
final class StateCopy {
  private static final String TRASH = ".trash";

  private final Path from;
  private final Path to;
  private final boolean links;
  private int files;
  private long bytes;

  private StateCopy(Path from, Path to) {
    this.from = from;
    this.to = to;
    this.links = from.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** Copies a state to a folder that is not there yet. */
  static StateCopy of(Path from, Path to) throws IOException {
    StateCopy copy = new StateCopy(from, to);
    copy.copy();
    return copy;
  }

  /** How many files there are. */
  int files() {
    return files;
  }

  /** How many bytes they hold, links among them. */
  long bytes() {
    return bytes;
  }

  private void copy() throws IOException {
    Deque<Path> left = new ArrayDeque<>();
    left.push(from);
    while (!left.isEmpty()) {
      Path folder = left.pop();
      Files.copy(folder, to.resolve(from.relativize(folder)), COPY_ATTRIBUTES);
      boolean contents = isContents(folder);
      for (Path entry : Folders.list(folder)) {
        if (!Files.isDirectory(entry, NOFOLLOW_LINKS)) {
          copy(entry, contents);
        } else if (!entry.equals(from.resolve(TRASH))) {
          left.push(entry);
        }
      }
    }
  }

  private static boolean isContents(Path folder) {
    return folder.endsWith("content") && Files.exists(folder.resolveSibling("index.jsonl"));
  }

  private void copy(Path file, boolean content) throws IOException {
    Path target = to.resolve(from.relativize(file));
    try {
      if (!content || !links || !linked(file, target)) {
        Files.copy(file, target, COPY_ATTRIBUTES, NOFOLLOW_LINKS);
      }
      files++;
      bytes += Files.size(target);
    } catch (NoSuchFileException e) {
      if (Files.exists(file, NOFOLLOW_LINKS)) {
        throw e;
      } // else it went meanwhile: what was deleted is no part of the state
    }
  }

  /** Whether a second name could be made; not so over the border of a file system. */
  private static boolean linked(Path file, Path target) throws IOException {
    try {
      Files.createLink(target, file);
      return true;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      return false;
    }
  }
}
