package mlops.plan;

/**
 * One idempotent unit of work. A step says what it makes true, looks whether it is true already,
 * and makes it true. Running a step twice must leave Azure as running it once did.
 */
public interface Step {

  /** What this step makes true, as one short phrase: {@code "resource group rg-mlops-dev"}. */
  String describe();

  /**
   * Compares the desired state with the actual state. Only reads. What it finds that later steps
   * need, it puts in an {@link Output}.
   */
  Change check();

  /** Makes the change that {@link #check} found necessary; says on the way what takes time. */
  void apply(StepMessages messages);
}
