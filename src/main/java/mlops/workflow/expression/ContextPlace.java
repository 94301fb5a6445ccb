package mlops.workflow.expression;

import java.util.List;

/**
 * The places of a workflow where expressions stand, with the contexts that GitHub has there, as its
 * page on context availability lists them. Those that this reader does not know ({@code matrix},
 * {@code strategy}, {@code jobs}) are left out.
 */
public enum ContextPlace {
  /** {@code run-name}. */
  RUN_NAME(false, "github inputs vars"),
  /** {@code env} of the workflow. */
  WORKFLOW_ENV(false, "github inputs secrets vars"),
  /** {@code if} of a job. */
  JOB_CONDITION(true, "github inputs needs vars"),
  /** {@code name}, {@code runs-on}, {@code environment} of a job, and the like. */
  JOB(false, "github inputs needs vars"),
  /** {@code environment.url} and {@code outputs} of a job, when its steps have run. */
  JOB_RESULT(false, "github inputs needs vars job runner env steps secrets"),
  /** {@code env} of a job. */
  JOB_ENV(false, "github inputs needs vars secrets"),
  /** {@code if} of a step. */
  STEP_CONDITION(true, "github inputs needs vars job runner env steps"),
  /** All else of a step. */
  STEP(false, "github inputs needs vars job runner env steps secrets");

  private final boolean status;
  private final String contexts;

  ContextPlace(boolean status, String contexts) {
    this.status = status;
    this.contexts = contexts;
  }

  /** Whether {@code success()} and its like are allowed. */
  boolean hasStatus() {
    return status;
  }

  List<String> contexts() {
    return List.of(contexts.split(" "));
  }
}
