package mlops.yaml;

/**
 * Something wrong in a file.
 *
 * @param message what is wrong, and the rule
 * @param hint what to do about it, or empty where the message says it already
 */
public record Mistake(FilePosition place, String message, String hint) {

  @Override
  public String toString() {
    return hint.isEmpty() ? place + " " + message : place + " " + message + ": " + hint;
  }
}
