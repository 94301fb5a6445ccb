package mlops.emulator.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what is to run out of command jobs and out of the nodes of pipelines. */
final class TaskReader {

  /** A command job, as its REST body has it. */
  static Task command(JsonNode properties) {
    Map<String, Value> inputs = new LinkedHashMap<>();
    Set<String> optional = new LinkedHashSet<>();
    Fields.entries(properties.path("inputs"))
        .forEach(
            (name, node) ->
                Fields.value(node)
                    .ifPresentOrElse(v -> inputs.put(name, v), () -> optional.add(name)));
    Map<String, OutputTarget> outputs = new LinkedHashMap<>();
    Fields.entries(properties.path("outputs"))
        .forEach((name, node) -> outputs.put(name, Fields.target(node)));
    outputs.remove("default"); // the run's own artifacts, which every run has
    return new Task(
        Fields.text(properties, "command"),
        Fields.text(properties, "codeId"),
        Fields.first(properties, "environmentId"),
        inputs,
        Mode.of(properties.path("inputs")),
        optional,
        outputs,
        Fields.texts(properties.path("environmentVariables")),
        Fields.duration(properties.path("limits").path("timeout")),
        asUser(properties),
        Fields.text(properties, "computeId"),
        false);
  }

  /**
   * A node of a pipeline with its component.
   *
   * @param spec the component
   * @param inputs what the node gives its inputs
   */
  static Task node(
      JsonNode node, JsonNode spec, Map<String, Value> inputs, Map<String, OutputTarget> outputs) {
    Map<String, String> variables = Fields.texts(Fields.first(spec, "environment_variables"));
    variables.putAll(
        Fields.texts(Fields.first(node, "environment_variables", "environmentVariables")));
    JsonNode limits = Fields.first(node, "limits");
    JsonNode timeout =
        Fields.first(limits.isMissingNode() ? Fields.first(spec, "limits") : limits, "timeout");
    JsonNode environment = Fields.first(node, "environment", "environmentId");
    return new Task(
        Fields.text(spec, "command"),
        Fields.text(spec, "code", "codeId"),
        environment.isMissingNode()
            ? Fields.first(spec, "environment", "environmentId")
            : environment,
        inputs,
        Mode.of(node.path("inputs"), spec.path("inputs")),
        optional(spec),
        outputs,
        variables,
        Fields.duration(timeout),
        asUser(node),
        Fields.text(node, "computeId", "compute"),
        Fields.flag(Fields.first(spec, "is_deterministic", "isDeterministic"), true));
  }

  private static boolean asUser(JsonNode job) {
    String type = Fields.text(job.path("identity"), "identityType", "type");
    return type.replace("_", "").equalsIgnoreCase("UserIdentity");
  }

  /** The inputs of a component that may stay without a value. */
  static Set<String> optional(JsonNode spec) {
    Set<String> optional = new LinkedHashSet<>();
    Fields.entries(spec.path("inputs"))
        .forEach(
            (name, input) -> {
              if (Fields.flag(Fields.first(input, "optional"), false)) {
                optional.add(name);
              }
            });
    return optional;
  }

  /**
   * The inputs of a component: what the node gives, else the component's defaults.
   *
   * @throws JobFailure where an input that is needed has neither
   */
  static Map<String, Value> inputs(JsonNode node, JsonNode spec, Bindings bindings) {
    Map<String, Value> values = new LinkedHashMap<>();
    Set<String> optional = optional(spec);
    Map<String, JsonNode> declared = Fields.entries(spec.path("inputs"));
    Map<String, JsonNode> given = Fields.entries(node.path("inputs"));
    given.forEach((name, value) -> declared.putIfAbsent(name, MissingNode.getInstance()));
    declared.forEach(
        (name, input) -> {
          Optional<Value> value =
              Fields.value(given.getOrDefault(name, MissingNode.getInstance()))
                  .flatMap(bindings::resolve)
                  .or(() -> Fields.value(Fields.first(input, "default")));
          if (value.isPresent()) {
            values.put(name, typed(value.get(), Fields.text(input, "type")));
          } else if (!optional.contains(name) && !input.isMissingNode()) {
            throw JobFailure.user("The required input '%s' has no value.".formatted(name));
          }
        });
    return values;
  }

  /** The component decides whether an input is text, a file or a folder. */
  private static Value typed(Value value, String type) {
    if (value instanceof Value.Data data) {
      return type.isEmpty() ? value : new Value.Data(type, data.uri());
    }
    boolean data = type.startsWith("uri_") || type.endsWith("_model") || type.equals("mltable");
    return data ? new Value.Data(type, ((Value.Text) value).text()) : value;
  }

  private TaskReader() {}
}
