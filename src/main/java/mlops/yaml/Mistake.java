package mlops.yaml;

import mlops.error.LocatedMistake;

/**
 * Something wrong in a file.
 *
 * @param message what is wrong, and the rule
 * @param hint what to do about it, or empty where the message says it already
 */
public record Mistake(FilePosition place, String message, String hint) {

  LocatedMistake located() {
    return new LocatedMistake(place.shown(), place.line(), place.column(), words());
  }

  private String words() {
    return hint.isEmpty() ? message : message + ": " + hint;
  }

  @Override
  public String toString() {
    return place + " " + words();
  }
}
