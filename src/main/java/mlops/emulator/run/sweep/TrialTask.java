package mlops.emulator.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.OutputTarget;

/**
 * What all trials of a sweep run.
 *
 * @param task it without its parameters
 * @param inputs whether parameters are inputs of it, as in pipelines; else its command names them
 */
record TrialTask(CommandTask task, boolean inputs) {
  private static final Pattern PARAMETER =
      Pattern.compile("\\$\\{\\{\\s*search_space\\.([^}\\s]+)\\s*}}");

  /**
   * The task with the parameters of a trial; its outputs have no names, which the best one's get.
   */
  CommandTask with(Map<String, JsonNode> parameters) {
    Map<String, InputValue> values = new LinkedHashMap<>(task.inputs());
    if (inputs) {
      parameters.forEach((name, value) -> values.put(name, new InputValue.Text(text(value))));
    }
    Map<String, OutputTarget> targets = new LinkedHashMap<>();
    task.outputs().forEach((name, target) -> targets.put(name, target.unnamed()));
    return task.with(command(parameters), values, targets);
  }

  private String command(Map<String, JsonNode> parameters) {
    return PARAMETER
        .matcher(task.command())
        .replaceAll(m -> Matcher.quoteReplacement(text(named(parameters, m.group(1)))));
  }

  private static JsonNode named(Map<String, JsonNode> parameters, String name) {
    JsonNode value = parameters.get(name);
    if (value == null) {
      throw JobFailure.user(
          "The command refers to ${{search_space.%s}}, which the search space does not have."
              .formatted(name));
    }
    return value;
  }

  /** How a value stands in a command: flags as Python writes them. */
  private static String text(JsonNode value) {
    return value.isBoolean() ? value.booleanValue() ? "True" : "False" : value.asText();
  }
}
