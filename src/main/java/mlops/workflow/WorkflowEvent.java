package mlops.workflow;

import java.util.List;
import java.util.Map;
import mlops.yaml.FilePosition;

/**
 * What starts a workflow.
 *
 * @param name such as {@code push}
 * @param filters lists such as {@code branches} and {@code paths}, by their keys
 * @param inputs what a {@code workflow_dispatch} asks for
 */
public record WorkflowEvent(
    FilePosition place,
    String name,
    Map<String, List<String>> filters,
    Map<String, DispatchInput> inputs) {

  /** An input; {@code standard} is what it is where nobody says it, {@code options} of a choice. */
  public record DispatchInput(
      String type, boolean required, String standard, List<String> options) {}

  public List<String> filter(String key) {
    return filters.getOrDefault(key, List.of());
  }
}
