package mlops.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import mlops.workflow.StepWork;
import mlops.workflow.Workflow;
import mlops.workflow.WorkflowJob;
import mlops.workflow.WorkflowStep;
import mlops.yaml.FilePosition;
import mlops.yaml.Mistakes;

/** Whether all of a workflow can be done here: what cannot be is told before anything begins. */
public final class Rehearsable {
  private static final Pattern TOKEN =
      Pattern.compile("secrets\\.GITHUB_TOKEN|github\\.token", Pattern.CASE_INSENSITIVE);

  /**
   * Asks that it can be.
   *
   * @throws mlops.error.MlopsException INVALID, naming all that cannot be done with its line
   */
  public static void require(Workflow workflow) {
    Mistakes mistakes = new Mistakes();
    for (WorkflowJob job : workflow.jobs()) {
      job.uses()
          .ifPresent(
              uses ->
                  mistakes.add(
                      job.place(),
                      "the job %s uses the workflow %s, which a rehearsal does not run"
                          .formatted(job.id(), uses),
                      "write its steps here"));
      job.steps().forEach(step -> require(step, mistakes));
    }
    requireNoToken(workflow, mistakes);
    mistakes.throwIfAny();
  }

  private static void require(WorkflowStep step, Mistakes mistakes) {
    if (step.work() instanceof StepWork.Action action
        && KnownAction.named(action.uses().name()).isEmpty()) {
      mistakes.add(
          step.place(),
          "a rehearsal does not know the action " + action.uses().name(),
          "it knows " + String.join(", ", KnownAction.names()));
    }
    if (step.work() instanceof StepWork.Script script && !Scripts.isKnown(script.shell())) {
      mistakes.add(
          step.place(),
          "a rehearsal does not know the shell " + script.shell().orElse(""),
          "it knows " + String.join(", ", Scripts.known()));
    }
  }

  /** There is no token of GitHub for jobs here, and an empty one would mislead. */
  private static void requireNoToken(Workflow workflow, Mistakes mistakes) {
    try {
      List<String> lines = Files.readAllLines(workflow.file());
      for (int at = 0; at < lines.size(); at++) {
        if (TOKEN.matcher(lines.get(at)).find()) {
          mistakes.add(
              new FilePosition(workflow.file(), at + 1, 1),
              "a rehearsal has no GITHUB_TOKEN for its jobs",
              "leave out what needs it");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Rehearsable() {}
}
