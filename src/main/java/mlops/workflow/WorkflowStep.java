package mlops.workflow;

import java.util.Map;
import java.util.Optional;
import mlops.yaml.FilePosition;

/**
 * A step of a job.
 *
 * @param id by which others name its outputs; may be empty
 * @param condition its {@code if}
 * @param continueOnError whether the job goes on where it fails
 * @param timeoutMinutes how long it may take
 */
public record WorkflowStep(
    FilePosition place,
    String id,
    Optional<ExpressionText> name,
    Optional<Condition> condition,
    StepWork work,
    Map<String, ExpressionText> env,
    boolean continueOnError,
    Optional<Long> timeoutMinutes) {

  /** What it is called where it has no name: as GitHub does, by what it runs. */
  public String usualName() {
    return work instanceof StepWork.Script script
        ? "Run " + script.script().written().strip().lines().findFirst().orElse("")
        : "Run " + ((StepWork.Action) work).uses();
  }
}
