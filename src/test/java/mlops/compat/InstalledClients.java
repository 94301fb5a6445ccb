package mlops.compat;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The az and the azure-ai-ml that tests run: Debian's of 2023, or with {@code
 * -Dmlops.clients=newest} those of today, installed by pip into virtual environments below {@code
 * target}. Their versions stand in {@code compat/newest}.
 *
 * @param azPython the Python that has az
 * @param mlPython the Python that has azure-ai-ml
 */
record InstalledClients(String name, Path az, Path azPython, Path mlPython) {
  private static final Path DEBIAN_ML = Path.of("/usr/lib/python3/dist-packages/azure/ai/ml");
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path VERSIONS = Path.of("src/test/resources/compat/newest");
  private static final Path TARGET = Path.of("target/clients").toAbsolutePath();

  /** For programs that are no client of these. */
  static final InstalledClients NONE = new InstalledClients("none", PYTHON, PYTHON, PYTHON);

  static InstalledClients chosen() throws IOException, InterruptedException {
    return System.getProperty("mlops.clients", "debian").equals("newest") ? newest() : debian();
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

  /**
   * The programs of a virtual environment, which is made where it is not what the file asks for.
   */
  private static Path environment(String name) throws IOException, InterruptedException {
    String wanted = Files.readString(VERSIONS.resolve(name + ".txt"));
    Path folder = TARGET.resolve(name);
    Path made = folder.resolve("made-of.txt");
    Files.createDirectories(TARGET);
    try (FileChannel lock = FileChannel.open(TARGET.resolve(name + ".lock"), CREATE, WRITE)) {
      lock.lock(); // until it is closed: tests run in two processes
      if (Files.exists(made) && Files.readString(made).equals(wanted)) {
        return folder.resolve("bin");
      }
      run(List.of("python3", "-m", "venv", "--clear", folder.toString()), folder);
      Path pip = folder.resolve("bin/pip");
      String list = VERSIONS.resolve(name + ".txt").toString();
      run(List.of(pip.toString(), "install", "--quiet", "-r", list), folder);
      Files.writeString(made, wanted);
    }
    return folder.resolve("bin");
  }

  private static void run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    File log = new File(folder + ".log");
    Process process =
        new ProcessBuilder(new ArrayList<>(command))
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroy();
    assumeTrue(ended && process.exitValue() == 0, () -> command + " failed: see " + log);
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
