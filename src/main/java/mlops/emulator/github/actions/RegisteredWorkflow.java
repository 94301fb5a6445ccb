package mlops.emulator.github.actions;

/**
 * A workflow file that a repository has.
 *
 * @param number what GitHub calls its id
 * @param path in the repository
 */
public record RegisteredWorkflow(
    long number, String name, String path, String createdAt, String updatedAt) {

  /** Whether it is meant by this, its number or the name of its file. */
  public boolean isCalled(String text) {
    return text.equals(String.valueOf(number)) || path.endsWith("/" + text);
  }
}
