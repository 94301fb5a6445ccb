package mlops.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.yaml.FilePosition;

/**
 * A job of a workflow.
 *
 * @param id its key in the file
 * @param needs the ids of the jobs that come before it
 * @param environment that it deploys into
 * @param permissions its own, where it has any: {@link Workflow#permissions} says what counts
 * @param condition its {@code if}
 * @param runsOn the labels of the runner
 * @param timeoutMinutes how long it may take
 * @param uses the workflow that it calls in place of steps
 */
public record WorkflowJob(
    FilePosition place,
    String id,
    Optional<ExpressionText> name,
    List<String> needs,
    Optional<JobEnvironment> environment,
    Optional<JobPermissions> permissions,
    Map<String, ExpressionText> env,
    Optional<Condition> condition,
    List<ExpressionText> runsOn,
    long timeoutMinutes,
    Map<String, ExpressionText> outputs,
    List<WorkflowStep> steps,
    Optional<ActionReference> uses) {}
