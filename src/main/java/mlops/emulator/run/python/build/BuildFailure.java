package mlops.emulator.run.python.build;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.python.requirement.Requirements;
import mlops.emulator.run.record.JobFailure;

/**
 * What a user reads of an environment that could not be built: what was tried, what the builder
 * itself says, which names the package, and what would help.
 */
final class BuildFailure {
  private static final int MOST_LINES = 12;
  private static final int LONGEST = 300;

  /** Where an empty environment could not be made. */
  static JobFailure empty(Builder builder, Interpreter python, BuildProcess.Ended ended) {
    return JobFailure.user(
        "Image build failed. %s could not make a virtual environment of %s (on Debian, install python3-venv): %s"
            .formatted(builder.name(), python, words(ended)));
  }

  /** Where packages could not be installed. */
  static JobFailure packages(
      Builder builder,
      Interpreter python,
      Requirements wanted,
      BuildProcess.Ended ended,
      BuildProcess process) {
    String time = " did not end within %d minutes and".formatted(BuildProcess.MOST.toMinutes());
    return JobFailure.user(
        "Image build failed. The Python environment could not be built with %s: %s%s says: %s\n%s All that was said is in %s."
            .formatted(
                python,
                builder.name(),
                ended.timedOut() ? time : "",
                words(ended),
                wayOut(builder, wanted, ended, process),
                process.log()));
  }

  /** Where a program of the conda family could not make what a file asks for. */
  static String conda(CondaProgram program, BuildProcess.Ended ended, BuildProcess process) {
    return "%s (%s) could not make what only conda has: %s\nAll that was said is in %s."
        .formatted(program.name(), program.path(), words(ended), process.log());
  }

  private static String wayOut(
      Builder builder, Requirements wanted, BuildProcess.Ended ended, BuildProcess process) {
    if (process.isDiskFull()) {
      return "The disk of the environments is full: free some space, or name another folder with the variable MLOPS_CACHE.";
    }
    boolean git = wanted.all().stream().anyMatch(p -> p.contains("git+"));
    if (git && Machine.program("git").isEmpty()) {
      return "The environment has a package from git: install git.";
    }
    if (builder.isGeneral(ended)) {
      return "If the index of packages cannot be reached, check the network and its proxy (HTTPS_PROXY, PIP_INDEX_URL), and run the job again: what was fetched is kept.";
    }
    if (builder.name().equals("pip")) {
      return "Name a version that this Python can have; with uv on the PATH, the nearest ones are found.";
    }
    return "Name another version of the package in the environment, or install a Python that it is made for.";
  }

  /** The last that was said: from the line on where a program speaks of its error. */
  private static String words(BuildProcess.Ended ended) {
    List<String> lines =
        ended.said().lines().map(String::stripTrailing).filter(l -> !l.isEmpty()).toList();
    int error =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).startsWith("error:"))
            .findFirst()
            .orElse(0);
    List<String> errors =
        lines.stream().filter(l -> l.startsWith("ERROR") || l.contains("Retrying (")).toList();
    List<String> said = errors.isEmpty() ? lines.subList(error, lines.size()) : errors;
    List<String> last =
        new ArrayList<>(said.subList(Math.max(0, said.size() - MOST_LINES), said.size()));
    last.replaceAll(l -> l.length() > LONGEST ? l.substring(0, LONGEST) + "…" : l);
    return String.join("\n", last);
  }

  private BuildFailure() {}
}
