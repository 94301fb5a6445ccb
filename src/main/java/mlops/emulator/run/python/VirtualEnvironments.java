package mlops.emulator.run.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.python.build.CondaProgram;
import mlops.emulator.run.python.build.EnvironmentBuild;
import mlops.emulator.run.python.build.Interpreter;
import mlops.emulator.run.python.build.Interpreters;
import mlops.emulator.run.python.build.UvProgram;
import mlops.emulator.run.python.build.VirtualEnvironment;
import mlops.emulator.run.python.requirement.CondaFile;
import mlops.emulator.run.python.requirement.PythonVersions;
import mlops.emulator.run.python.requirement.Requirements;
import mlops.emulator.run.record.EnvironmentMatch;
import mlops.emulator.run.record.HashedNames;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.state.Folders;
import org.jspecify.annotations.Nullable;

/**
 * Python virtual environments, each built once for what it holds and kept in a folder that all
 * states share.
 */
public final class VirtualEnvironments {
  /** How the folders begin that stand for the user's own Python. */
  static final String MACHINE = "machine-";

  /** The same of those that a program of the conda family makes. */
  private static final String CONDA = "conda-";

  /** The folder of uv, and of what it downloads. */
  static final String UV = ".uv";

  private final Path cache;
  private final EnvironmentMatch match;
  private final Interpreters interpreters;

  /**
   * @param cache the folder, which is made where it is missing
   */
  public VirtualEnvironments(Path cache, EnvironmentMatch match, Interpreters interpreters) {
    this.cache = cache;
    this.match = match;
    this.interpreters = interpreters;
  }

  /** An environment with the packages that are asked for. */
  PythonPrograms of(Requirements asked, JobControl control) {
    Interpreter python = interpreter(asked.python());
    Requirements wanted = wanted(asked, python);
    List<String> key =
        List.of(
            python.toString(),
            asked.python().toString(),
            match.name(),
            wanted.options().toString(),
            wanted.packages().toString(),
            wanted.wished().toString());
    Recipe recipe = (folder, build) -> byPip(folder, build, asked);
    // an environment serves all files that install the same; what they leave out may differ
    return ready(HashedNames.of(String.join("\n", key)).substring(0, 24), control, recipe)
        .with(wanted.leftOut().stream().map(EnvironmentRecord::leftOut).toList());
  }

  /** All that is installed: environments of which this is the same are one. */
  private Requirements wanted(Requirements asked, Interpreter python) {
    Requirements wanted = asked.withTools(python.version());
    return match == EnvironmentMatch.NEAREST ? wanted.withOneMlflow() : wanted;
  }

  /**
   * An environment with what a conda file asks for: made by a program of the conda family where it
   * needs what only conda has and there is such a program, else of what PyPI has.
   */
  PythonPrograms ofConda(String file, JobControl control) {
    Requirements asked = CondaFile.parse(file);
    Optional<CondaProgram> program =
        asked.needsConda() ? CondaProgram.find(interpreters.variables()) : Optional.empty();
    if (program.isEmpty()) {
      return of(asked, control);
    }
    List<String> key = List.of(program.get().path().toString(), match.name(), file);
    return ready(
        CONDA + HashedNames.of(String.join("\n", key)).substring(0, 18),
        control,
        (folder, build) -> byConda(folder, build, program.get(), file));
  }

  private EnvironmentRecord byConda(
      Path folder, EnvironmentBuild build, CondaProgram program, String file) {
    Requirements asked = CondaFile.parse(file);
    Optional<String> trouble = build.makeByConda(program, file);
    if (trouble.isEmpty()) {
      Interpreter made =
          interpreters
              .at(VirtualEnvironment.python(folder))
              .orElseThrow(() -> JobFailure.user("The Python that conda made does not run."));
      EnvironmentBuild.Made by = new EnvironmentBuild.Made(program.name(), List.of());
      return EnvironmentRecord.of(made, asked, by, folder).ofConda(file, null);
    }
    if (match == EnvironmentMatch.EXACT) {
      throw JobFailure.user("Image build failed. " + trouble.get());
    }
    Folders.delete(folder);
    return byPip(folder, build, asked).ofConda(file, trouble.get());
  }

  private EnvironmentRecord byPip(Path folder, EnvironmentBuild build, Requirements asked) {
    Interpreter python = interpreter(asked.python());
    Requirements wanted = wanted(asked, python);
    UvProgram uv = new UvProgram(cache.resolve(UV), interpreters);
    return EnvironmentRecord.of(python, asked, build.make(python, wanted, match, uv), folder);
  }

  /** The user's own Python, with whatever is installed there. */
  PythonPrograms machine(JobControl control) {
    Interpreter python = interpreter(PythonVersions.any());
    String key = HashedNames.of(python + "\n" + python.packages());
    return ready(
        MACHINE + key.substring(0, 16),
        control,
        (folder, build) -> EnvironmentRecord.of(python, build.link(python)));
  }

  /** The Python for a version; where near ones do, the usual one at last. */
  private Interpreter interpreter(PythonVersions wanted) {
    Optional<Interpreter> python = interpreters.of(wanted);
    if (python.isEmpty() && match == EnvironmentMatch.NEAREST) {
      python = interpreters.of(PythonVersions.any());
    }
    return python.orElseThrow(() -> missing(wanted));
  }

  private JobFailure missing(PythonVersions wanted) {
    return interpreters.of(PythonVersions.any()).isPresent()
        ? JobFailure.user(
            "Image build failed. The environment asks for Python %s and is to be exact, and that was not found on the PATH, among the versions of pyenv, uv and conda, or where systems put it. Install it, or let the nearest do (--environments nearest)."
                .formatted(wanted))
        : JobFailure.user(
            "Jobs need Python 3, and this machine has none that runs: not on the PATH, among the versions of pyenv, uv and conda, or where systems put it. Install it and run the job again.");
  }

  private PythonPrograms ready(String key, JobControl control, Recipe recipe) {
    try {
      Optional<PythonPrograms> built = built(folder(key));
      if (built.isPresent()) {
        return built.get();
      }
      Files.createDirectories(cache);
      try (CacheLock lock = CacheLock.take(cache.resolve(key + ".lock"), control)) {
        return lock.during(
            () -> {
              Path folder = folder(key);
              Optional<PythonPrograms> first = built(folder); // another builder may have been first
              return first.isPresent() ? first.get() : build(folder, control, recipe);
            });
      }
    } catch (IOException e) {
      throw unusable(e);
    } catch (UncheckedIOException e) {
      throw unusable(e.getCause());
    }
  }

  private JobFailure unusable(@Nullable IOException why) {
    return JobFailure.user(
        "Image build failed. The folder of Python environments, %s, cannot be used: %s. Make it writable or free some space on its disk, or name another with the variable MLOPS_CACHE."
            .formatted(cache, why));
  }

  /**
   * The folder of an environment. One that a job changed is left to it, and those that come later
   * have the next.
   */
  private Path folder(String key) {
    Path folder = cache.resolve(key);
    for (int n = 1; EnvironmentListing.isChanged(folder); n++) {
      folder = cache.resolve(key + "-" + n);
    }
    return folder;
  }

  /** How an environment is filled. */
  private interface Recipe {
    EnvironmentRecord fill(Path folder, EnvironmentBuild build);
  }

  /** Builds one whole, or leaves nothing of it. */
  private static PythonPrograms build(Path folder, JobControl control, Recipe recipe)
      throws IOException {
    EnvironmentBuild build = new EnvironmentBuild(folder, control);
    build.clear();
    boolean whole = false;
    try {
      EnvironmentRecord record = recipe.fill(folder, build);
      EnvironmentListing.write(folder);
      record.write(folder);
      whole = true;
      return programs(folder, record);
    } finally {
      if (!whole) {
        Folders.delete(folder);
      }
    }
  }

  private static Optional<PythonPrograms> built(Path folder) throws IOException {
    Optional<EnvironmentRecord> record = EnvironmentRecord.in(folder);
    if (record.isPresent()) {
      EnvironmentRecord.used(folder);
    }
    return record.map(r -> programs(folder, r));
  }

  private static PythonPrograms programs(Path folder, EnvironmentRecord record) {
    return new PythonPrograms(
        folder.resolve(VirtualEnvironment.programs()).toString(), "", record.notes(), Map.of());
  }
}
