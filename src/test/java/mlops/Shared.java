package mlops;

import java.nio.file.Files;
import java.nio.file.Path;

/** What tests check against and nobody here wrote: see the README in its folder. */
public final class Shared {
  private static final Path FOLDER = Path.of("src/test/resources/reference");

  /** A file or folder of it, such as {@code wire-catalog.md}. */
  public static Path path(String path) {
    Path file = FOLDER.resolve(path);
    if (!Files.exists(file)) {
      throw new AssertionError("not in the repository: " + file);
    }
    return file;
  }

  private Shared() {}
}
