package mlops.openapi;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** Reference material beside the project, which is not part of it. */
public final class SharedFiles {

  /**
   * A file or folder of the reference material: below {@code MLOPS_SHARED} (property or variable),
   * else below {@code ../shared}. Without it the test is skipped and says so.
   */
  public static Path find(String path) {
    Path found = path(path);
    Assumptions.assumeTrue(
        Files.exists(found),
        () -> "skipped: no reference material at " + found + "; set MLOPS_SHARED to its folder");
    return found;
  }

  /** The same for what a test can do without. */
  public static Optional<Path> findIfThere(String path) {
    return Optional.of(path(path)).filter(Files::exists);
  }

  private static Path path(String path) {
    String told = System.getProperty("MLOPS_SHARED", System.getenv("MLOPS_SHARED"));
    return (told == null ? Path.of("..", "shared") : Path.of(told)).resolve(path);
  }

  private SharedFiles() {}
}
