package mlops.emulator.run.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;

/**
 * A parallel step of a pipeline: the component with what its node says in its place.
 *
 * @param task the script, and what it runs in
 * @param fields the fields of both
 */
record ParallelStep(JsonNode task, ObjectNode fields) {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\{\\{\\s*(inputs|outputs)\\.([^}\\s]+)\\s*}}");
  private static final List<String> OWN =
      List.of(
          "resources",
          "retry_settings",
          "mini_batch_size",
          "max_concurrency_per_instance",
          "error_threshold",
          "mini_batch_error_threshold",
          "logging_level",
          "input_data",
          "partition_keys",
          "task");

  /**
   * Reads it.
   *
   * @throws JobFailure for what does not run here
   */
  static ParallelStep of(JsonNode node, JsonNode spec) {
    ObjectNode fields = spec.deepCopy();
    for (String field : OWN) {
      if (node.hasNonNull(field)) {
        fields.set(field, node.get(field));
      }
    }
    JsonNode task = fields.path("task");
    String type = JobFields.text(task, "type");
    refuse(!type.endsWith("function"), "of type '%s'".formatted(type));
    refuse(fields.hasNonNull("partition_keys"), "with partition_keys");
    ParallelStep step = new ParallelStep(task, fields);
    String input = JobFields.text(spec.path("inputs").path(step.input()), "type");
    refuse(input.equals("mltable"), "over rows of an mltable (input_data), only over files");
    return step;
  }

  private static void refuse(boolean asked, String what) {
    if (asked) {
      throw new JobFailure(
          "NotImplemented", "The embedded Azure runs no parallel tasks %s.".formatted(what));
    }
  }

  /** The name of the input whose files are made into mini batches. */
  String input() {
    return named(fields, "input_data")
        .orElseThrow(() -> JobFailure.user("The parallel step names no input (input_data)."));
  }

  /** The name of the output that takes the results, if they are kept. */
  Optional<String> rows() {
    return named(task, "append_row_to");
  }

  private static Optional<String> named(JsonNode node, String field) {
    Matcher reference = REFERENCE.matcher(JobFields.text(node, field).strip());
    return reference.matches() ? Optional.of(reference.group(2)) : Optional.empty();
  }

  ScoreSettings settings() {
    return ScoreSettings.ofStep(fields, rows().isPresent());
  }

  /** What a command would be in its place, whose words are the arguments of the script. */
  ObjectNode asCommand() {
    ObjectNode command = fields.deepCopy();
    command.remove("resources");
    command.put("command", JobFields.text(task, "program_arguments"));
    for (String field : List.of("code", "environment")) {
      if (task.hasNonNull(field)) {
        command.set(field, task.get(field));
      }
    }
    return command;
  }
}
