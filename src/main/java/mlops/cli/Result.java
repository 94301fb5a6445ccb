package mlops.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a command found or made, in both forms of output.
 *
 * @param lines for people
 * @param json fills the {@code result} of the JSON document
 */
record Result(List<String> lines, Consumer<ObjectNode> json) {

  static Result none() {
    return new Result(List.of(), json -> {});
  }
}
