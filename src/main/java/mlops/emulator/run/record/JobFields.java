package mlops.emulator.run.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the fields of jobs, which clients spell both as in JSON and as in YAML. */
public final class JobFields {

  /** The first of these fields that is there and not null; else missing. */
  public static JsonNode first(JsonNode node, String... names) {
    for (String name : names) {
      if (node.hasNonNull(name)) {
        return node.get(name);
      }
    }
    return MissingNode.getInstance();
  }

  public static String text(JsonNode node, String... names) {
    return first(node, names).asText("");
  }

  public static Optional<String> optional(JsonNode node, String... names) {
    return Optional.of(text(node, names)).filter(t -> !t.isEmpty());
  }

  /** A reference to an asset as REST has it: an ARM id without the prefix of YAML files. */
  public static Optional<String> reference(JsonNode node, String... names) {
    return optional(node, names).map(text -> text.replaceFirst("^azureml:(?=/)", ""));
  }

  /** A flag, as JSON or as the text that YAML readers make of it. */
  public static boolean flag(JsonNode node, boolean otherwise) {
    boolean absent = node.isMissingNode() || node.isNull();
    return absent ? otherwise : node.asText().equalsIgnoreCase("true");
  }

  public static Map<String, JsonNode> entries(JsonNode node) {
    Map<String, JsonNode> entries = new LinkedHashMap<>();
    node.fields().forEachRemaining(e -> entries.put(e.getKey(), e.getValue()));
    return entries;
  }

  public static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.fields().forEachRemaining(e -> texts.put(e.getKey(), e.getValue().asText()));
    return texts;
  }

  /** A time in seconds, as YAML has it, or as ISO 8601, as the REST interface has it. */
  public static Optional<Duration> duration(JsonNode node) {
    String text = node.asText("");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration time =
          text.startsWith("P") ? Duration.parse(text) : Duration.ofSeconds(Long.parseLong(text));
      return time.isZero() ? Optional.empty() : Optional.of(time);
    } catch (DateTimeParseException | NumberFormatException e) {
      throw JobFailure.user(
          "'%s' is no time: expected seconds, or ISO 8601 such as PT1H.".formatted(text));
    }
  }

  /**
   * An input or a value as a job or a node gives it: text, or data at a URI.
   *
   * @return empty where it has no value
   */
  public static Optional<InputValue> value(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return Optional.empty();
    }
    if (node.isValueNode()) {
      return Optional.of(new InputValue.Text(node.asText()));
    }
    String type = text(node, "jobInputType", "job_input_type", "type");
    Optional<String> uri = optional(node, "uri", "path");
    if (uri.isPresent() && !type.equalsIgnoreCase("literal")) {
      return Optional.of(new InputValue.Data(snake(type), uri.get()));
    }
    JsonNode value = first(node, "value");
    return value.isMissingNode()
        ? Optional.empty()
        : Optional.of(new InputValue.Text(value.asText()));
  }

  /** An output as a job or a node declares it. */
  public static OutputTarget target(JsonNode node) {
    String type = text(node, "jobOutputType", "job_output_type", "type");
    return new OutputTarget(
        type.isEmpty() || type.equals("literal") ? "uri_folder" : snake(type),
        optional(node, "uri", "path"),
        optional(node, "assetName", "asset_name", "name"),
        optional(node, "assetVersion", "asset_version", "version"),
        text(node, "mode").equalsIgnoreCase("direct"));
  }

  /** {@code UriFolder} and {@code uri_folder} are the same type. */
  private static String snake(String type) {
    String snake = type.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    return switch (snake) {
      case "" -> "uri_folder";
      case "mlflowmodel" -> "mlflow_model";
      case "custommodel" -> "custom_model";
      case "tritonmodel" -> "triton_model";
      default -> snake;
    };
  }

  private JobFields() {}
}
