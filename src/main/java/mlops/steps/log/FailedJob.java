package mlops.steps.log;

import java.util.List;
import java.util.stream.Collectors;
import mlops.azure.ml.RunClient.Run;
import mlops.error.MlopsException;

/**
 * A job that did not do what it is for, as the user is told of it: with the child that failed, the
 * reason and the end of its log.
 *
 * @param children those that are shown; without any, the job itself
 */
public record FailedJob(Run root, List<Run> children, JobLogs logs) {

  /** The failure, whose code is that of the status: {@code JobFailed}, {@code JobCanceled}. */
  public MlopsException told() {
    Run failed =
        children.stream().filter(child -> child.status().equals("Failed")).findFirst().orElse(root);
    String tail = logs.tail(failed);
    String name = failed.id().equals(root.id()) ? "" : ", in " + failed.name();
    String why = unquoted(failed.error().isEmpty() ? root.error() : failed.error(), tail);
    return MlopsException.failed(
        "Job" + root.status(),
        "job %s ended as %s%s: %s%s"
            .formatted(root.id(), root.status(), name, why, tail.isEmpty() ? "" : "\n" + tail),
        "The whole log: "
            + logs.kept(failed)
                .map(Object::toString)
                .orElseGet(() -> "mlops logs %s%s".formatted(root.id(), step(failed))));
  }

  private String step(Run failed) {
    return failed.id().equals(root.id()) ? "" : " --step " + failed.name();
  }

  /** Azure's reason without those lines of the log in it that are shown anyway. */
  private static String unquoted(String reason, String tail) {
    List<String> shown = tail.lines().map(line -> line.substring(JobLogs.QUOTE.length())).toList();
    return reason
        .lines()
        .map(line -> line.substring(0, line.length() - longestEnd(line, shown)).stripTrailing())
        .filter(line -> !line.isEmpty())
        .map(JobLogs::shown)
        .collect(Collectors.joining("\n"));
  }

  private static int longestEnd(String line, List<String> ends) {
    return ends.stream().filter(line::endsWith).mapToInt(String::length).max().orElse(0);
  }
}
