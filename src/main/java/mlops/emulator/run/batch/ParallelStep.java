package mlops.emulator.run.batch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.Json;
import mlops.emulator.run.data.InputMode;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;

/**
 * A parallel step of a pipeline: the component with what its node says in its place.
 *
 * @param task the script, and what it runs in
 * @param fields the fields of both
 * @param isTable whether its input is an mltable
 * @param mode how its input comes
 */
record ParallelStep(JsonNode task, ObjectNode fields, boolean isTable, InputMode mode) {
  /** What a mini batch of rows holds where it is not said (azure-ai-ml, Parallel). */
  private static final long ROWS = 1 << 20;

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
    String input = input(fields);
    boolean table = JobFields.text(spec.path("inputs").path(input), "type").equals("mltable");
    Map<String, InputMode> modes = InputMode.of(node.path("inputs"), spec.path("inputs"));
    ParallelStep step =
        new ParallelStep(task, fields, table, modes.getOrDefault(input, InputMode.MOUNT));
    refuse(
        !table && step.mode() == InputMode.DIRECT,
        "whose files come by mode direct, only by ro_mount and download");
    refuse(
        !table && !step.keys().isEmpty(),
        "with partition_keys over a folder, only over an mltable, whose extract_columns_from_partition_format says what its keys are");
    return step;
  }

  /**
   * Whether its mini batches are rows. Azure documents the mode direct for tables, and the others
   * for lists of files: learn.microsoft.com, Use parallel jobs in pipelines.
   */
  boolean isOfRows() {
    return isTable && mode == InputMode.DIRECT;
  }

  /** Whether its mini batches are files of a table, told apart by what their paths say. */
  boolean isOfPartitions() {
    return isTable && !isOfRows() && !keys().isEmpty();
  }

  /** Its node with the mode by which its input comes here: a table to be read, else its files. */
  ObjectNode staging(JsonNode node) {
    ObjectNode staged = node.deepCopy();
    if (isTable && staged.path("inputs").path(input()) instanceof ObjectNode input) {
      boolean evaluated = !isOfRows() && !isOfPartitions();
      String plain = mode.isWritable() ? "download" : "ro_mount";
      input.put("mode", evaluated ? (mode.isWritable() ? "eval_download" : "eval_mount") : plain);
    }
    return staged;
  }

  /** How much a mini batch of rows holds, in bytes. */
  long bytes() {
    long bytes = JobFields.first(fields, "mini_batch_size").asLong();
    return bytes > 0 ? bytes : ROWS;
  }

  /** The columns whose values tell mini batches apart; JSON in a text, as the service has it. */
  List<String> keys() {
    JsonNode keys = fields.path("partition_keys");
    try {
      List<String> names = new ArrayList<>();
      (keys.isTextual() ? Json.MAPPER.readTree(keys.asText()) : keys)
          .forEach(key -> names.add(key.asText()));
      return names;
    } catch (JsonProcessingException e) {
      throw JobFailure.user("partition_keys is no list in JSON: %s".formatted(keys.asText()));
    }
  }

  private static void refuse(boolean asked, String what) {
    if (asked) {
      throw new JobFailure(
          "NotImplemented", "The embedded Azure runs no parallel tasks %s.".formatted(what));
    }
  }

  /** The name of the input that is made into mini batches. */
  String input() {
    return input(fields);
  }

  private static String input(JsonNode fields) {
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
