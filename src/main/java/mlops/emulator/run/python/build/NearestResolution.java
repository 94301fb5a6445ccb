package mlops.emulator.run.python.build;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.emulator.run.python.requirement.PipRequirement;

/**
 * Finds the versions nearest to those asked for that this Python can have. What was pinned years
 * ago for an older Python is not to be had for a newer one: then the next newer versions are, of
 * about the same time, so that they also fit those they depend on. An index is therefore looked at
 * as it was on a day: the earliest of a few on which all can be had.
 *
 * <p>The days are measured: on the first, most packages had come to Python 3.11; a day is early
 * enough to be before numpy 2 and pandas 3, which old packages do not import with.
 *
 * @param work a folder for lists
 */
record NearestResolution(UvBuilder uv, Path work) {
  private static final List<Optional<String>> DAYS =
      List.of(
          Optional.of("2023-07-01"),
          Optional.of("2024-05-31"),
          Optional.of("2025-06-30"),
          Optional.empty());

  /** Without pkg_resources, which newer ones lack, much of what is old does not import. */
  private static final String TOOLS = "setuptools<81\n";

  /**
   * With azureml-mlflow of before MLflow 3 goes an MLflow of before 3: newer ones keep models apart
   * from runs, and code of that time looks for them there.
   */
  private static final String OLD_MLFLOW = "mlflow-skinny<3\nmlflow<3\n";

  private static final Pattern MLFLOW_3 = Pattern.compile("[3-9]\\..*");
  private static final Pattern BEFORE_MLFLOW_3 = Pattern.compile("1\\.[1-5]?\\d(\\..*)?");

  private static final String PINNED = "pinned";
  private static final String ALL = "all";

  /**
   * Installs the nearest versions of all that is asked for.
   *
   * @return how it ended on the last day that was tried
   */
  BuildProcess.Ended install(Path environment, List<String> packages, List<String> options) {
    List<PipRequirement> asked = packages.stream().map(PipRequirement::parse).toList();
    BuildProcess.Ended ended = new BuildProcess.Ended(1, "");
    for (Optional<String> day : DAYS) {
      List<String> how = how(day, TOOLS + (hasOldMlflow(asked) ? OLD_MLFLOW : ""));
      ended = resolve(asked, how, options);
      if (ended.well()) {
        ended = uv.install(environment, list(ALL), how, options);
      }
      if (ended.well() || uv.isGeneral(ended)) {
        return ended;
      }
    }
    return ended;
  }

  private BuildProcess.Ended resolve(
      List<PipRequirement> asked, List<String> how, List<String> options) {
    List<String> all = new ArrayList<>();
    List<String> pinned = asked.stream().flatMap(NearestResolution::atLeast).toList();
    if (!pinned.isEmpty()) {
      List<String> lowest = new ArrayList<>(how);
      lowest.addAll(List.of("--resolution", "lowest-direct"));
      BuildProcess.Ended ended = resolve(PINNED, pinned, lowest, options);
      if (!ended.well()) {
        return ended;
      }
      all.addAll(lines(list(PINNED)));
    }
    asked.stream().filter(a -> a.pin().isEmpty()).map(PipRequirement::written).forEach(all::add);
    return resolve(ALL, all, how, options);
  }

  /** A pinned requirement as the least version that will do. */
  private static Stream<String> atLeast(PipRequirement asked) {
    return asked.pin().stream()
        .flatMap(
            pin ->
                Stream.concat(
                    Stream.of(asked.with(">=" + pin)),
                    // an mlflow of today brings its own; a newer one breaks an old mlflow
                    asked.name().equals("mlflow")
                        ? Stream.of("mlflow-skinny>=" + pin)
                        : Stream.empty()));
  }

  private static boolean hasOldMlflow(List<PipRequirement> asked) {
    return asked.stream().anyMatch(a -> isPinned(a, "azureml-mlflow", BEFORE_MLFLOW_3))
        && asked.stream().noneMatch(a -> isPinned(a, "mlflow", MLFLOW_3));
  }

  private static boolean isPinned(PipRequirement asked, String name, Pattern version) {
    return asked.name().equals(name) && asked.pin().filter(version.asMatchPredicate()).isPresent();
  }

  private List<String> how(Optional<String> day, String constraints) {
    List<String> how = new ArrayList<>();
    how.addAll(List.of("--constraints", written("tools.txt", constraints).toString()));
    day.ifPresent(d -> how.addAll(List.of("--exclude-newer", d)));
    return how;
  }

  private BuildProcess.Ended resolve(
      String name, List<String> lines, List<String> how, List<String> options) {
    Path asked = written(name + ".in", String.join("\n", lines) + "\n");
    delete(list(name)); // uv would keep to what an earlier day gave
    return uv.resolve(asked, how, options, list(name));
  }

  private Path list(String name) {
    return work.resolve(name + ".txt");
  }

  private Path written(String name, String text) {
    try {
      return Files.writeString(Files.createDirectories(work).resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
