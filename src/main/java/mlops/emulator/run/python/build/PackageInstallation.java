package mlops.emulator.run.python.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import mlops.emulator.run.python.requirement.PipRequirement;
import mlops.emulator.run.python.requirement.Requirements;
import mlops.emulator.run.record.EnvironmentMatch;
import mlops.emulator.run.record.JobFailure;

/**
 * Installs what is wanted into an empty environment. With a Python of the version asked for,
 * versions are as written. Where it is another one, or they cannot be had so, the nearest do,
 * unless the match is to be exact.
 *
 * <p>Each way is tried once: as written, the nearest versions (uv alone), names without versions;
 * the last two only where the nearest do. Within a way all is tried first, then what must be there,
 * then each wish by itself. A failure that is general ({@link Builder#isGeneral}: a timeout, an
 * index that does not answer) ends it at once. What is thrown is the failure of the first way, as
 * {@link BuildFailure}; nothing is remembered of it, so the next job tries again.
 */
record PackageInstallation(
    Builder builder,
    Path environment,
    Interpreter python,
    EnvironmentMatch match,
    BuildProcess process) {
  /** What was made for this Python or a newer one may well be had as written for those of today. */
  private static final String RECENT = "3.10";

  /** How packages are installed. */
  private interface Way extends Function<List<String>, BuildProcess.Ended> {}

  /**
   * Installs all that can be had.
   *
   * @return what was wished for and is left out
   * @throws JobFailure where something that it must have cannot be had
   */
  List<String> of(Requirements wanted) {
    List<BuildProcess.Ended> failures = new ArrayList<>();
    for (Way way : ways(wanted)) {
      BuildProcess.Ended all = way.apply(wanted.all());
      if (all.well()) {
        return List.of();
      }
      failures.add(all);
      if (builder.isGeneral(all)) {
        break; // the same would be said of whatever else is tried
      }
      if (!wanted.wished().isEmpty()) {
        BuildProcess.Ended needed = way.apply(wanted.packages());
        if (needed.well()) {
          return wishes(way, wanted);
        }
        failures.set(failures.size() - 1, needed);
      }
    }
    throw BuildFailure.packages(builder, python, wanted, failures.get(0), process);
  }

  /** One by one, so that one that cannot be had does not take the others with it. */
  private static List<String> wishes(Way way, Requirements wanted) {
    List<String> have = new ArrayList<>(wanted.packages());
    List<String> leftOut = new ArrayList<>();
    for (String wish : wanted.wished()) {
      List<String> more = Stream.concat(have.stream(), Stream.of(wish)).toList();
      if (way.apply(more).well()) {
        have.add(wish);
      } else {
        leftOut.add(wish);
      }
    }
    return leftOut;
  }

  private List<Way> ways(Requirements wanted) {
    boolean same = wanted.python().admit(python.version());
    boolean any = wanted.python().isAny();
    boolean near = match == EnvironmentMatch.NEAREST;
    List<Way> ways = new ArrayList<>();
    if (same || !near || wanted.python().admit(RECENT) || !(builder instanceof UvBuilder)) {
      boolean onlyBuilt = near && (any || !same);
      ways.add(p -> builder.install(environment, p, wanted.options(), onlyBuilt));
    }
    if (near && builder instanceof UvBuilder uv) {
      NearestResolution nearest = new NearestResolution(uv, environment.resolve(".resolution"));
      ways.add(p -> nearest.install(environment, p, wanted.options()));
    }
    if (near && !names(wanted.all()).equals(wanted.all())) {
      ways.add(p -> builder.install(environment, names(p), wanted.options(), true));
    }
    return ways;
  }

  private static List<String> names(List<String> packages) {
    return packages.stream().map(PipRequirement::parse).map(asked -> asked.with("")).toList();
  }
}
