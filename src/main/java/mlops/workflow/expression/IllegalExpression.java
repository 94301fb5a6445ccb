package mlops.workflow.expression;

/** An expression that is wrong, or of a kind that is not understood here. */
public final class IllegalExpression extends RuntimeException {
  private final String hint;

  public IllegalExpression(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  public String message() {
    return String.valueOf(getMessage());
  }

  /** The way out; may be empty. */
  public String hint() {
    return hint;
  }
}
