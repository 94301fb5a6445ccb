package mlops.emulator.run.python.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.process.Machine;
import mlops.emulator.state.Folders;

/**
 * Finds uv: on the PATH, as a package of the user's Python, else in the cache of mlops, where pip
 * fetches it once.
 *
 * @param cache the folder that holds it, and what it downloads
 */
public record UvProgram(Path cache) {
  private static final Pattern VERSION = Pattern.compile("uv (\\d+)\\.(\\d+)\\..*");

  /** The oldest that knows all that it is asked here. */
  private static final int OLDEST = 5;

  /** The command line of one that works, or empty. */
  Optional<List<String>> find(BuildProcess process, Interpreter python) {
    String path = python.path().toString();
    return Machine.program("uv")
        .map(program -> List.of(program.toString()))
        .filter(line -> works(line, process))
        .or(() -> Optional.of(List.of(path, "-m", "uv")).filter(line -> works(line, process)))
        .or(() -> Optional.of(List.of(own().toString())).filter(line -> works(line, process)));
  }

  /**
   * The same, fetched where there is none. That is tried once, and without it there is still pip.
   */
  Optional<List<String>> findOrFetch(BuildProcess process, Interpreter python) {
    return find(process, python).or(() -> fetch(process, python));
  }

  /** Where it keeps what it downloads. */
  Path downloads() {
    return cache.resolve("downloads");
  }

  private Path own() {
    return cache.resolve("bin").resolve(Machine.isWindows() ? "uv.exe" : "uv");
  }

  private Optional<List<String>> fetch(BuildProcess process, Interpreter python) {
    Path fresh = cache.resolveSibling(cache.getFileName() + "-" + UUID.randomUUID());
    try {
      boolean fetched =
          process
              .run(
                  List.of(
                      python.path().toString(),
                      "-m",
                      "pip",
                      "install",
                      "--disable-pip-version-check",
                      "--no-input",
                      "--retries",
                      "1",
                      "--no-deps",
                      "--only-binary",
                      ":all:",
                      "--target",
                      fresh.toString(),
                      "uv<1"))
              .well();
      if (fetched && !works(List.of(own().toString()), process)) { // another may have been first
        Files.createDirectories(cache);
        Folders.delete(cache.resolve("bin"));
        Files.move(fresh.resolve("bin"), cache.resolve("bin"));
      }
    } catch (IOException e) {
      return Optional.empty(); // pip builds, or says what is wrong with the disk
    } finally {
      Folders.delete(fresh);
    }
    return Optional.of(List.of(own().toString())).filter(line -> works(line, process));
  }

  private static boolean works(List<String> uv, BuildProcess process) {
    if (uv.size() == 1 && !Files.isExecutable(Path.of(uv.get(0)))) {
      return false;
    }
    List<String> line = new ArrayList<>(uv);
    line.add("--version");
    BuildProcess.Ended asked = process.run(line);
    Matcher version = VERSION.matcher(asked.said());
    return asked.well()
        && version.matches()
        && (Integer.parseInt(version.group(1)) > 0 || Integer.parseInt(version.group(2)) >= OLDEST);
  }
}
