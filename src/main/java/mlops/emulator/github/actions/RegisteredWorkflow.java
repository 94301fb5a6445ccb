package mlops.emulator.github.actions;

import java.util.List;
import java.util.Objects;

/**
 * A workflow file that a repository has.
 *
 * @param number what GitHub calls its id
 * @param path in the repository
 * @param inputs what a dispatch may say
 */
public record RegisteredWorkflow(
    long number,
    String name,
    String path,
    String createdAt,
    String updatedAt,
    List<RegisteredInput> inputs) {

  /** States of before have none. */
  public RegisteredWorkflow {
    inputs = Objects.requireNonNullElse(inputs, List.of());
  }

  /** Whether it is meant by this, its number or the name of its file. */
  public boolean isCalled(String text) {
    return text.equals(String.valueOf(number)) || path.endsWith("/" + text);
  }
}
