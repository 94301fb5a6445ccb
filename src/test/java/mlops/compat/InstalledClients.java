package mlops.compat;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * An az and an azure-ai-ml that tests run.
 *
 * @param azPython the Python that has az
 * @param mlPython the Python that has azure-ai-ml
 */
record InstalledClients(String name, Path az, Path azPython, Path mlPython) {
  private static final Path DEBIAN_ML = Path.of("/usr/lib/python3/dist-packages/azure/ai/ml");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  /** For programs that are no client of these. */
  static final InstalledClients NONE = new InstalledClients("none", PYTHON, PYTHON, PYTHON);

  /** Which of them. */
  enum Release {
    /** Debian's, of 2023. */
    DEBIAN,
    /**
     * Those of today, installed by pip into virtual environments below {@code target}; their
     * versions stand in {@code compat/newest}.
     */
    NEWEST
  }

  /** Skips the tests of a class where they are neither there nor can be installed. */
  static InstalledClients of(Release release) throws IOException, InterruptedException {
    return switch (release) {
      case DEBIAN -> debian();
      case NEWEST -> newest();
    };
  }

  private static InstalledClients debian() {
    InstalledClients debian =
        new InstalledClients("debian", Path.of("/usr/bin/az"), PYTHON, PYTHON);
    assumeTrue(Files.exists(debian.az), "there is no /usr/bin/az: install Debian's azure-cli");
    assumeTrue(Files.exists(DEBIAN_ML), "there is no azure-ai-ml: install Debian's python3-azure");
    return debian;
  }

  private static InstalledClients newest() throws IOException, InterruptedException {
    Path az = environment("az");
    Path ml = environment("ml");
    return new InstalledClients(
        "newest", az.resolve("az"), az.resolve("python"), ml.resolve("python"));
  }

  /** The programs of a virtual environment. */
  private static Path environment(String name) throws IOException, InterruptedException {
    return PinnedFolder.python(name).resolve("bin");
  }

  boolean isDebian() {
    return name.equals("debian");
  }

  /** What the scripts read. */
  Map<String, String> variables() {
    return Map.of(
        "AZ", az.toString(), "AZ_PYTHON", azPython.toString(), "ML_PYTHON", mlPython.toString());
  }
}
