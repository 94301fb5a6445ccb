package mlops.assets.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.assets.field.CodeField;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourcesField;
import mlops.assets.file.EnvironmentFile;
import mlops.yaml.YamlNode;

/** A program that works on an input in many small batches. */
public final class ParallelFields {
  public static final List<String> FIELDS =
      FieldNames.of(
          "task mini_batch_size partition_keys input_data resources retry_settings logging_level "
              + "max_concurrency_per_instance error_threshold mini_batch_error_threshold");

  /** What a job of a pipeline takes over from its component. */
  private static final List<String> OF_COMPONENT =
      FieldNames.of(
          "task mini_batch_size partition_keys input_data resources retry_settings "
              + "max_concurrency_per_instance mini_batch_error_threshold");

  private static final Pattern SIZE = Pattern.compile("(\\d+)([kmg]b)?");
  private static final Map<String, Long> UNITS =
      Map.of("kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30);
  private static final EnumMapping LOGGING =
      EnumMapping.of("debug", "DEBUG", "info", "INFO", "warning", "WARNING");
  private static final EnumMapping TASK = EnumMapping.same("run_function", "model", "function");

  /** What a component has that says nothing of it. */
  public static ObjectNode defaults() {
    return RequestBody.object().put("mini_batch_size", "0");
  }

  /** As component specs have it. */
  public static void spec(FileSection source, RequestBody spec) {
    defaults().properties().forEach(field -> spec.set(field.getKey(), field.getValue()));
    own(source).properties().forEach(field -> spec.set(field.getKey(), field.getValue()));
  }

  /** As jobs of a pipeline have it: their own fields before those of the component. */
  public static void node(FileSection source, ObjectNode component, RequestBody node) {
    ObjectNode own = own(source);
    for (String field : FIELDS) {
      JsonNode inherited = OF_COMPONENT.contains(field) ? component.path(field) : own.missingNode();
      JsonNode value = own.has(field) ? own.path(field) : inherited;
      if (!value.isMissingNode()) {
        node.set(field, value);
      }
    }
    JsonNode size = node.json().path("mini_batch_size");
    if (!size.isMissingNode()) {
      node.put("mini_batch_size", size.asLong());
    }
  }

  private static ObjectNode own(FileSection source) {
    RequestBody own =
        new RequestBody(source)
            .choice("logging_level", "logging_level", LOGGING)
            .text("input_data", "input_data")
            .integer("max_concurrency_per_instance", "max_concurrency_per_instance", 1)
            .integer("error_threshold", "error_threshold", -1)
            .integer("mini_batch_error_threshold", "mini_batch_error_threshold", -1);
    source
        .node()
        .at("mini_batch_size")
        .flatMap(ParallelFields::bytes)
        .ifPresent(size -> own.put("mini_batch_size", size));
    keys(source.node().list("partition_keys")).ifPresent(keys -> own.put("partition_keys", keys));
    source.in("resources").ifPresent(r -> own.set("resources", ResourcesField.node(r)));
    source.in("retry_settings").ifPresent(retry -> own.set("retry_settings", retry(retry)));
    source.in("task").ifPresent(task -> own.set("task", task(task)));
    return own.json();
  }

  /** A number of files, or of bytes: {@code 10kb}. */
  private static Optional<String> bytes(YamlNode node) {
    Matcher size = SIZE.matcher(node.asText().orElse("").toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      node.mistake("%s is %s".formatted(node.name(), node.words()), "write for example 10 or 10kb");
      return Optional.empty();
    }
    long unit = size.group(2) == null ? 1 : UNITS.getOrDefault(size.group(2), 1L);
    return Optional.of(String.valueOf(Long.parseLong(size.group(1)) * unit));
  }

  /** JSON in a text, as the service wants it. */
  private static Optional<String> keys(List<YamlNode> keys) {
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(
            keys.stream()
                .flatMap(key -> key.asText().stream())
                .map(key -> RequestBody.object().textNode(key).toString())
                .collect(Collectors.joining(", ", "[", "]")));
  }

  private static ObjectNode retry(FileSection retry) {
    retry.node().allow("max_retries", "timeout");
    return new RequestBody(retry)
        .integer("timeout", "timeout", 1)
        .integer("max_retries", "max_retries", 0)
        .json();
  }

  private static ObjectNode task(FileSection task) {
    YamlNode node = task.node();
    node.allow(
        FieldNames.of("type code entry_script program_arguments model append_row_to environment"));
    node.required("type");
    node.required("environment");
    return new RequestBody(task)
        .choice("type", "type", TASK)
        .with("code", "code", code -> CodeField.id(task, code).map(ReferenceFields::prefixed))
        .text("entry_script", "entry_script")
        .text("program_arguments", "program_arguments")
        .text("model", "model")
        .text("append_row_to", "append_row_to")
        .with(
            "environment",
            "environment",
            e -> EnvironmentFile.id(task, e).map(ReferenceFields::prefixed))
        .json();
  }

  private ParallelFields() {}
}
