package mlops.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a command found or made, in both forms of output.
 *
 * @param lines for people
 * @param json fills the {@code result} of the JSON document
 */
public record CommandResult(List<String> lines, Consumer<ObjectNode> json) {

  static CommandResult none() {
    return new CommandResult(List.of(), json -> {});
  }
}
