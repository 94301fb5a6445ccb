package mlops.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a command found or made, in both forms of output.
 *
 * @param lines for people
 * @param page the same in Markdown, for the page of a job on GitHub; an empty text where the lines
 *     are enough
 * @param json fills the {@code result} of the JSON document
 */
public record CommandResult(List<String> lines, Supplier<String> page, Consumer<ObjectNode> json) {

  /** One that is lines on the page, too. */
  public CommandResult(List<String> lines, Consumer<ObjectNode> json) {
    this(lines, () -> "", json);
  }

  /** Nothing to say. */
  public static CommandResult none() {
    return new CommandResult(List.of(), json -> {});
  }
}
