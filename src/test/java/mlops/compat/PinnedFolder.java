package mlops.compat;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Folders below {@code target/clients} that package managers fill, each from files of {@code
 * compat} that pin the versions. They are made where they are not what the files ask for.
 */
public final class PinnedFolder {
  private static final Path FILES = Path.of("src/test/resources/compat");
  private static final Path TARGET = Path.of("target/clients").toAbsolutePath();

  /** A virtual environment with what {@code newest/NAME.txt} lists. */
  static Path python(String name) throws IOException, InterruptedException {
    return python(name, "python3");
  }

  /** The same, made by a Python of one's own choice. */
  public static Path python(String name, String python) throws IOException, InterruptedException {
    return of(
        name,
        List.of("newest/" + name + ".txt"),
        List.of(python, "-m", "venv", "--clear", "."),
        List.of("bin/pip", "install", "--quiet", "-r", name + ".txt"));
  }

  /** What a {@code package.json} asks for. */
  public static Path npm(String name, List<String> files) throws IOException, InterruptedException {
    return of(name, files, List.of("npm", "install", "--silent", "--no-audit", "--no-fund"));
  }

  /**
   * @param files what is copied into the folder
   * @param commands what is run there; where one fails, the test is skipped
   */
  @SafeVarargs
  static Path of(String name, List<String> files, List<String>... commands)
      throws IOException, InterruptedException {
    StringBuilder wanted = new StringBuilder();
    for (String file : files) {
      wanted.append(Files.readString(FILES.resolve(file)));
    }
    Path folder = TARGET.resolve(name);
    Path made = TARGET.resolve(name + ".made-of");
    Files.createDirectories(folder);
    try (FileChannel lock = FileChannel.open(TARGET.resolve(name + ".lock"), CREATE, WRITE)) {
      lock.lock(); // until it is closed: tests run in two processes
      if (!Files.exists(made) || !Files.readString(made).contentEquals(wanted)) {
        Files.deleteIfExists(made);
        for (List<String> command : commands) {
          for (String file : files) { // what makes an environment empties it
            Path from = FILES.resolve(file);
            Path to = folder.resolve(String.valueOf(from.getFileName()));
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
          }
          run(command, folder);
        }
        Files.writeString(made, wanted);
      }
    }
    return folder;
  }

  private static void run(List<String> command, Path folder)
      throws IOException, InterruptedException {
    File log = new File(folder + ".log");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log)
              .start();
    } catch (IOException e) {
      abort("there is no " + command.get(0) + " on this machine");
      throw e;
    }
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroy();
    assumeTrue(ended && process.exitValue() == 0, () -> command + " failed: see " + log);
  }

  private PinnedFolder() {}
}
