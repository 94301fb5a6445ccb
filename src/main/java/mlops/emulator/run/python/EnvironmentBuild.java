package mlops.emulator.run.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.JobProcess;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.process.OrphanProcesses;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.state.Folders;

/**
 * Builds one virtual environment in its folder, with the packages that pip can install.
 *
 * <p>Where pip fails, the run that needs the environment fails with {@code UserError} and "Image
 * build failed. …": the last of pip's own {@code ERROR} lines, at most six, and the path of its
 * whole log beside the environment. The run's log ends with the same message, which {@code
 * FollowJobStep} prints. Packages that a conda file merely wishes for are left out with a note.
 */
final class EnvironmentBuild {
  private static final Set<String> NOT_FOR_PIP =
      Set.of("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "PIP_TARGET", "PIP_USER", "PIP_PREFIX");
  private static final Duration MOST = Duration.ofMinutes(20);

  /** The exit code of what was ended for its time, as timeout(1) has it. */
  private static final int TIMED_OUT = 124;

  private static final List<String> BOUNDED =
      List.of(
          "--retries",
          "0",
          "--timeout",
          "5",
          "--disable-pip-version-check",
          "--no-input",
          "--no-compile",
          "--prefer-binary",
          "--no-warn-script-location");

  /** What no job imports, though packages bring much of it. */
  private static final String TESTS = "[/\\\\]tests?[/\\\\]";

  private final Path folder;
  private final Path log;
  private final JobControl control;

  EnvironmentBuild(Path folder, JobControl control) {
    this.folder = folder;
    this.log = folder.resolveSibling(folder.getFileName() + ".log");
    this.control = control;
  }

  /** Ends and takes away what an interrupted build left: pip goes on when its host has died. */
  void clear() {
    OrphanProcesses.kill(OrphanProcesses.of(log));
    Folders.delete(folder);
  }

  /** The machine's Python under the names that jobs use. */
  List<String> link(Path python) {
    create(python, "--system-site-packages");
    return List.of();
  }

  /**
   * Installs the packages of a conda file.
   *
   * @return what differs from the environment on Azure
   */
  List<String> install(Path machine, CondaFile conda) {
    Path python = conda.python().flatMap(this::interpreter).orElse(machine);
    create(python);
    List<String> notes = new ArrayList<>(notes(conda));
    List<String> pip = pip(python);
    int code = conda.packages().isEmpty() ? 0 : run(install(pip, conda, conda.packages()));
    if (code != 0) {
      throw JobFailure.user(
          "Image build failed. The Python environment could not be built, %s: %s\nAll that pip said is in %s"
              .formatted(
                  code == TIMED_OUT
                      ? "pip did not end within %d minutes and says".formatted(MOST.toMinutes())
                      : "pip says",
                  lastWords(),
                  log));
    }
    for (String wish : conda.wished()) {
      if (run(install(pip, conda, List.of(wish))) != 0) {
        notes.add(leftOut(wish));
      }
    }
    compile();
    return notes;
  }

  /** What jobs write into an environment is gone after them, so also what they would compile. */
  private void compile() {
    Path python = folder.resolve(VirtualEnvironments.programs()).resolve("python");
    Path packages = folder.resolve(Machine.isWindows() ? "Lib" : "lib");
    run(
        List.of(
            python.toString(),
            "-m",
            "compileall",
            "-q",
            "-j",
            "0",
            "-x",
            TESTS,
            packages.toString()));
  }

  /** The Python of a version, where the machine has one that works: some are stubs that fail. */
  private Optional<Path> interpreter(String version) {
    return Machine.program("python" + minor(version))
        .filter(p -> run(List.of(p.toString(), "-c", "import venv")) == 0);
  }

  private void create(Path python, String... options) {
    try {
      Files.createDirectories(Objects.requireNonNull(folder.getParent()));
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> line = new ArrayList<>(List.of(python.toString(), "-m", "venv", "--without-pip"));
    line.addAll(List.of(options));
    line.add(folder.toString());
    if (run(line) != 0) {
      throw JobFailure.user(
          "Image build failed. %s could not make a virtual environment (on Debian, install python3-venv): %s"
              .formatted(python, lastWords()));
    }
  }

  /** The machine's pip, which saves installing one, else one of the environment's own. */
  private List<String> pip(Path python) {
    String own = folder.resolve(VirtualEnvironments.programs()).resolve("python").toString();
    List<String> machine = List.of(python.toString(), "-m", "pip", "--python", own);
    List<String> version = new ArrayList<>(machine);
    version.add("--version");
    if (run(version) == 0) {
      return machine;
    }
    if (run(List.of(own, "-m", "ensurepip", "--default-pip")) != 0) {
      throw JobFailure.user(
          "Image build failed. %s has no pip, and none could be installed: %s"
              .formatted(python, lastWords()));
    }
    return List.of(own, "-m", "pip");
  }

  private static List<String> install(List<String> pip, CondaFile conda, List<String> packages) {
    List<String> line = new ArrayList<>(pip);
    line.add("install");
    line.addAll(BOUNDED);
    line.addAll(conda.options());
    line.addAll(packages);
    return line;
  }

  private List<String> notes(CondaFile conda) {
    List<String> notes = new ArrayList<>();
    conda
        .python()
        .filter(wanted -> !wanted.isEmpty() && !(have() + ".").startsWith(minor(wanted) + "."))
        .ifPresent(
            wanted ->
                notes.add(
                    "python=%s is not on this machine: this job has Python %s."
                        .formatted(wanted, have())));
    return notes;
  }

  static String leftOut(String wanted) {
    return wanted + " is left out: it is for Azure only, or cannot be had on this machine.";
  }

  private static String minor(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  /** The version of Python in the environment. */
  private String have() {
    try {
      return Files.readAllLines(folder.resolve("pyvenv.cfg")).stream()
          .filter(l -> l.startsWith("version ="))
          .map(l -> l.substring(l.indexOf('=') + 1).strip())
          .findFirst()
          .orElse("3");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int run(List<String> line) {
    // pip finds its configuration and proxies in the variables of whoever runs mlops
    Map<String, String> variables = new LinkedHashMap<>(System.getenv());
    variables.keySet().removeAll(NOT_FOR_PIP);
    OrphanProcesses.mark(variables, log);
    Path home = Objects.requireNonNull(folder.getParent());
    OptionalInt code = control.waitFor(JobProcess.start(line, home, variables, log), MOST);
    return code.orElse(TIMED_OUT);
  }

  private String lastWords() {
    try {
      List<String> lines =
          Files.readAllLines(log).stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
      List<String> errors = lines.stream().filter(l -> l.startsWith("ERROR")).toList();
      List<String> said = errors.isEmpty() ? lines : errors;
      return String.join("\n", said.subList(Math.max(0, said.size() - 6), said.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
