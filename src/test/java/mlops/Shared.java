package mlops;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reference material that lies beside the repository and not in it. */
public final class Shared {

  /**
   * A file or folder of it, such as {@code reference/wire-catalog.md}; the test is skipped where it
   * is not on this machine. {@code MLOPS_SHARED} (property or environment) names another place.
   */
  public static Path path(String path) {
    Path file = place(path);
    assumeTrue(Files.exists(file), () -> "not on this machine: " + file + " (MLOPS_SHARED)");
    return file;
  }

  /** The same for what a test can do without. */
  public static Optional<Path> pathIfThere(String path) {
    return Optional.of(place(path)).filter(Files::exists);
  }

  private static Path place(String path) {
    String named = System.getProperty("MLOPS_SHARED", System.getenv("MLOPS_SHARED"));
    return Path.of(named == null ? "../shared" : named).resolve(path);
  }

  private Shared() {}
}
