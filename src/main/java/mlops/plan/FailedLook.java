package mlops.plan;

/**
 * Stands for steps of which it cannot even be found out what they are, beside others that do not
 * depend on them: looking fails with the reason.
 *
 * @param what it was to look at
 * @param failure why it could not
 */
public record FailedLook(String what, RuntimeException failure) implements Step {
  @Override
  public String describe() {
    return what;
  }

  @Override
  public Change check() {
    throw failure;
  }

  @Override
  public void apply(StepMessages messages) {
    throw failure;
  }
}
