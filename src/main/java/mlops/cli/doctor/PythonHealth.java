package mlops.cli.doctor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.python.build.CondaProgram;
import mlops.emulator.run.python.build.Interpreter;
import mlops.emulator.run.python.build.Interpreters;
import mlops.emulator.run.python.requirement.PythonVersions;
import mlops.profile.Profile.PythonMatch;
import mlops.steps.doctor.HealthFinding;

/**
 * The Python that local jobs run on, and what makes environments of it. On Azure none of it is
 * needed here.
 *
 * @param cache the folder of the environments
 * @param needed whether jobs run on this machine
 */
record PythonHealth(
    Map<String, String> variables, Interpreters interpreters, Path cache, boolean needed) {
  private static final PythonVersions OLD = new PythonVersions("<3.8");
  private static final String INSTALL =
      "Install Python 3.9 or newer, such as from python.org or by the system's packages, and have"
          + " python3 on the PATH.";

  /** Whether there is a Python at all, which can make environments. */
  HealthFinding python() {
    Optional<Interpreter> found =
        interpreters.usual().or(() -> interpreters.of(PythonVersions.any()));
    if (found.isEmpty()) {
      return bad("no Python 3 runs here, and local jobs need one", INSTALL);
    }
    Interpreter python = found.get();
    String words = "%s, %s".formatted(python.version(), python.path());
    boolean whole =
        ProgramAnswer.of(
                List.of(python.path().toString(), "-c", "import venv, ensurepip"), variables)
            .isPresent();
    if (!whole && uv().isEmpty()) {
      return bad(
          words + " cannot make environments: it lacks venv or ensurepip",
          "On Debian and Ubuntu: apt install python3-venv. Elsewhere: pip install uv.");
    }
    return OLD.admit(python.version())
        ? HealthFinding.warning(words + " is too old for most packages of today", INSTALL)
        : HealthFinding.ok(words);
  }

  private HealthFinding bad(String found, String wayOut) {
    return needed ? HealthFinding.failed(found, wayOut) : HealthFinding.warning(found, wayOut);
  }

  /** What builds environments. */
  HealthFinding builders() {
    List<String> found = new ArrayList<>();
    uv().ifPresent(found::add);
    CondaProgram.find(variables).ifPresent(c -> found.add("%s, %s".formatted(c.name(), c.path())));
    return found.isEmpty()
        ? HealthFinding.warning(
            "no uv yet: mlops fetches it by pip when it first builds an environment",
            "pip install uv does it now.")
        : HealthFinding.ok(String.join("; ", found));
  }

  private Optional<String> uv() {
    String name = Machine.isWindows() ? "uv.exe" : "uv";
    Stream<Supplier<Optional<String>>> places =
        Stream.of(
            () -> onPath(name).flatMap(p -> version(List.of(p.toString()), p.toString())),
            () -> {
              Path own = cache.resolve(".uv").resolve("bin").resolve(name);
              return Files.isExecutable(own)
                  ? version(List.of(own.toString()), own.toString())
                  : Optional.empty();
            },
            () ->
                interpreters
                    .usual()
                    .map(p -> p.path().toString())
                    .flatMap(p -> version(List.of(p, "-m", "uv"), p + " -m uv")));
    return places.flatMap(place -> place.get().stream()).findFirst();
  }

  private Optional<String> version(List<String> uv, String where) {
    List<String> line = new ArrayList<>(uv);
    line.add("--version");
    return ProgramAnswer.of(line, variables)
        .map(said -> "%s, %s".formatted(said.replaceFirst(" \\(.*", ""), where));
  }

  private Optional<Path> onPath(String name) {
    return Stream.of(variables.getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(p -> Files.isExecutable(p) && !Files.isDirectory(p))
        .findFirst();
  }

  /** Whether there is the Python that files of environments ask for. */
  HealthFinding wanted(List<EnvironmentPins> files, PythonMatch match) {
    List<HealthFinding> all = new ArrayList<>();
    for (EnvironmentPins pins : files) {
      PythonVersions wanted = pins.python();
      if (!wanted.isAny() && interpreters.of(wanted).isEmpty()) {
        String found = "no Python %s, which %s asks for".formatted(wanted, pins.file());
        all.add(
            match == PythonMatch.EXACT
                ? bad(found, "Install it, or take the nearest: --environments nearest.")
                : HealthFinding.warning(
                    found + ": jobs get the nearest that there is",
                    "Install it where the version matters, such as by uv python install."));
      }
    }
    return all.isEmpty()
        ? HealthFinding.ok("each version that the environments ask for is here")
        : HealthFinding.worst(all);
  }
}
