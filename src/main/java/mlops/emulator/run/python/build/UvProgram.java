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
import mlops.emulator.run.python.requirement.PythonVersions;
import mlops.emulator.state.Folders;

/**
 * Finds uv: on the PATH, as a package of the user's Python, else in the cache of mlops, where pip
 * fetches it once.
 *
 * @param cache the folder that holds it, and what it downloads
 * @param interpreters where a Python is found whose package it may be
 */
public record UvProgram(Path cache, Interpreters interpreters) {
  /** The Pythons that there is a package of uv for. */
  private static final PythonVersions CARRIERS = new PythonVersions(">=3.8");

  private static final Pattern VERSION = Pattern.compile("uv (\\d+)\\.(\\d+)\\..*");

  /** The oldest that knows all that it is asked here. */
  private static final int OLDEST = 5;

  /** The command line of one that works, or empty. */
  Optional<List<String>> find(BuildProcess process) {
    return Machine.program("uv")
        .map(program -> List.of(program.toString()))
        .or(() -> interpreters.usual().map(python -> python.module("uv")))
        .filter(line -> works(line, process))
        .or(() -> Optional.of(own()).filter(line -> works(line, process)));
  }

  /** The same, fetched where there is none. Where that fails, there is still pip. */
  Optional<List<String>> findOrFetch(BuildProcess process) {
    return find(process)
        .or(() -> interpreters.of(CARRIERS).flatMap(python -> fetch(process, python)));
  }

  /** Where it keeps what it downloads. */
  Path downloads() {
    return cache.resolve("downloads");
  }

  private List<String> own() {
    return List.of(cache.resolve("bin").resolve(Machine.isWindows() ? "uv.exe" : "uv").toString());
  }

  private Optional<List<String>> fetch(BuildProcess process, Interpreter python) {
    Path fresh = cache.resolveSibling(cache.getFileName() + "-" + UUID.randomUUID());
    try {
      List<String> line = new ArrayList<>(python.module("pip"));
      line.addAll(
          List.of("install", "--disable-pip-version-check", "--no-input", "--retries", "1"));
      line.addAll(List.of("--no-deps", "--only-binary", ":all:", "--target", fresh.toString()));
      line.add("uv<1");
      boolean fetched = process.run(line).well();
      if (fetched && !works(own(), process)) { // another may have been first
        Files.createDirectories(cache);
        Folders.delete(cache.resolve("bin"));
        Files.move(fresh.resolve("bin"), cache.resolve("bin"));
      }
    } catch (IOException e) {
      return Optional.empty(); // pip builds, or says what is wrong with the disk
    } finally {
      Folders.delete(fresh);
    }
    return Optional.of(own()).filter(line -> works(line, process));
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
