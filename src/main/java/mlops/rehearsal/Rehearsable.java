package mlops.rehearsal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import mlops.error.MlopsException;
import mlops.rehearsal.host.BuiltProgram;
import mlops.workflow.StepWork;
import mlops.workflow.Workflow;
import mlops.workflow.WorkflowJob;
import mlops.workflow.WorkflowStep;
import mlops.yaml.FilePosition;
import mlops.yaml.Mistakes;

/** Whether all of a workflow can be done here: what cannot be is told before anything begins. */
public final class Rehearsable {
  private static final Pattern CALL = Pattern.compile("(^|\\s)\\./mlops(\\s|$)");
  private static final Pattern TOKEN =
      Pattern.compile("secrets\\.GITHUB_TOKEN|github\\.token", Pattern.CASE_INSENSITIVE);

  /**
   * Asks that it can be.
   *
   * @throws MlopsException INVALID, naming all that cannot be done with its line
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

  /**
   * Asks that the mlops of the repository is built where jobs call it: on GitHub they build it
   * themselves, and here they reach no Maven repository.
   *
   * @param source the folder of the repository
   * @throws MlopsException FAILED where it is not, or of other sources
   */
  public static void requireBuilt(Workflow workflow, Path source) {
    BuiltProgram program = new BuiltProgram(source);
    boolean called =
        workflow.jobs().stream()
            .flatMap(job -> job.steps().stream())
            .anyMatch(
                s ->
                    s.work() instanceof StepWork.Script r
                        && CALL.matcher(r.script().written()).find());
    if (called && program.isOfSources() && !program.isCurrent()) {
      throw MlopsException.failed(
          "NotBuilt",
          "The mlops in %s is not built from its sources as they are now, and a job that calls it cannot build it here: it reaches Azure and GitHub only"
              .formatted(source),
          "Run %s --version, which builds it, and rehearse again."
              .formatted(source.resolve("mlops")));
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
