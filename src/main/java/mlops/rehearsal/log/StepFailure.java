package mlops.rehearsal.log;

/** A step that fails, with what its log says of it. */
public final class StepFailure extends RuntimeException {

  public StepFailure(String message) {
    super(message, null, false, false);
  }

  public String message() {
    return String.valueOf(getMessage());
  }
}
