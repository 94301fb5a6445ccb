package mlops;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reference material that lies beside the repository and not in it. */
public final class Shared {

  /**
   * A file or folder of it, such as {@code reference/wire-catalog.md}; the test is skipped where it
   * is not on this machine. {@code MLOPS_SHARED} (property or environment) names another place.
   */
  public static Path path(String path) {
    String named = System.getProperty("MLOPS_SHARED", System.getenv("MLOPS_SHARED"));
    Path folder = Path.of(named == null ? "../shared" : named);
    Path file = folder.resolve(path);
    assumeTrue(Files.exists(file), () -> "not on this machine: " + file);
    return file;
  }

  private Shared() {}
}
