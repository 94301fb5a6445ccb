package mlops.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A temporary folder, made when it is asked for and taken away with all that is in it. */
public final class ScratchFolder implements AutoCloseable {
  private @Nullable Path made;

  /** Its place; the folder is there. */
  public Path path() {
    Path folder = made;
    if (folder == null) {
      try {
        folder = Files.createTempDirectory("mlops-scratch-");
      } catch (IOException e) {
        throw new UncheckedIOException("no temporary folder can be made", e);
      }
      made = folder;
    }
    return folder;
  }

  @Override
  public void close() {
    if (made == null) {
      return;
    }
    try {
      FolderTree.remove(made);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + made, e);
    }
  }
}
