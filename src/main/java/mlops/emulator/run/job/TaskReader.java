package mlops.emulator.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.emulator.run.data.InputMode;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.OutputTarget;

/** Reads what is to run out of command jobs and out of the nodes of pipelines. */
public final class TaskReader {
  /** The output that every job has: the artifacts of its run. */
  private static final String ARTIFACTS = "default";

  /** A command job, as its REST body has it. */
  public static CommandTask command(JsonNode properties) {
    Map<String, InputValue> inputs = new LinkedHashMap<>();
    Set<String> optional = new LinkedHashSet<>();
    JobFields.entries(properties.path("inputs"))
        .forEach(
            (name, node) ->
                JobFields.value(node)
                    .ifPresentOrElse(v -> inputs.put(name, v), () -> optional.add(name)));
    Map<String, OutputTarget> outputs = new LinkedHashMap<>();
    JobFields.entries(properties.path("outputs"))
        .forEach((name, node) -> outputs.put(name, JobFields.target(node)));
    outputs.remove(ARTIFACTS);
    return new CommandTask(
        JobFields.text(properties, "command"),
        JobFields.text(properties, "codeId"),
        JobFields.first(properties, "environmentId"),
        inputs,
        InputMode.of(properties.path("inputs")),
        optional,
        outputs,
        JobFields.texts(properties.path("environmentVariables")),
        JobFields.duration(properties.path("limits").path("timeout")),
        Distribution.of(properties.path("distribution"), properties.path("resources")),
        asUser(properties),
        JobFields.text(properties, "computeId"),
        false,
        services(properties));
  }

  /** A job that is a registered component with inputs. */
  static CommandTask ofJob(JsonNode properties, JsonNode spec) {
    Map<String, InputValue> inputs = inputs(properties, spec, BindingValues.none());
    Map<String, OutputTarget> outputs = outputs(properties, spec, Map.of());
    outputs.remove(ARTIFACTS);
    return node(properties, spec, inputs, outputs);
  }

  /**
   * A node of a pipeline with its component.
   *
   * @param spec the component
   * @param inputs what the node gives its inputs
   */
  public static CommandTask node(
      JsonNode node,
      JsonNode spec,
      Map<String, InputValue> inputs,
      Map<String, OutputTarget> outputs) {
    Map<String, String> variables = JobFields.texts(JobFields.first(spec, "environment_variables"));
    variables.putAll(
        JobFields.texts(JobFields.first(node, "environment_variables", "environmentVariables")));
    JsonNode timeout = JobFields.first(either(node, spec, "limits"), "timeout");
    JsonNode environment = JobFields.first(node, "environment", "environmentId");
    return new CommandTask(
        JobFields.text(spec, "command"),
        JobFields.text(spec, "code", "codeId"),
        environment.isMissingNode()
            ? JobFields.first(spec, "environment", "environmentId")
            : environment,
        inputs,
        InputMode.of(node.path("inputs"), spec.path("inputs")),
        optional(spec),
        outputs,
        variables,
        JobFields.duration(timeout),
        Distribution.of(either(node, spec, "distribution"), either(node, spec, "resources")),
        asUser(node),
        JobFields.text(node, "computeId", "compute"),
        JobFields.flag(JobFields.first(spec, "is_deterministic", "isDeterministic"), true),
        services(node));
  }

  /** What a node says, else its component. */
  private static JsonNode either(JsonNode node, JsonNode spec, String field) {
    JsonNode own = JobFields.first(node, field);
    return own.isMissingNode() ? JobFields.first(spec, field) : own;
  }

  private static List<String> services(JsonNode job) {
    return List.copyOf(JobFields.entries(job.path("services")).keySet());
  }

  private static boolean asUser(JsonNode job) {
    String type = JobFields.text(job.path("identity"), "identityType", "identity_type", "type");
    return type.replace("_", "").equalsIgnoreCase("UserIdentity");
  }

  /** The inputs of a component that may stay without a value. */
  static Set<String> optional(JsonNode spec) {
    Set<String> optional = new LinkedHashSet<>();
    JobFields.entries(spec.path("inputs"))
        .forEach(
            (name, input) -> {
              if (JobFields.flag(JobFields.first(input, "optional"), false)) {
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
  public static Map<String, InputValue> inputs(
      JsonNode node, JsonNode spec, BindingValues bindings) {
    Map<String, InputValue> values = new LinkedHashMap<>();
    Set<String> optional = optional(spec);
    Map<String, JsonNode> declared = JobFields.entries(spec.path("inputs"));
    Map<String, JsonNode> given = JobFields.entries(node.path("inputs"));
    given.forEach((name, value) -> declared.putIfAbsent(name, MissingNode.getInstance()));
    declared.forEach(
        (name, input) -> {
          Optional<InputValue> value =
              JobFields.value(given.getOrDefault(name, MissingNode.getInstance()))
                  .flatMap(bindings::resolve)
                  .or(() -> JobFields.value(JobFields.first(input, "default")));
          if (value.isPresent()) {
            values.put(name, typed(value.get(), JobFields.text(input, "type")));
          } else if (!optional.contains(name) && !input.isMissingNode()) {
            throw JobFailure.user("The required input '%s' has no value.".formatted(name));
          }
        });
    return values;
  }

  /**
   * Where the outputs of a job or a node go, by the component's declaration, the node and its
   * pipeline.
   *
   * @param ofPipeline where those of the pipeline go
   */
  public static Map<String, OutputTarget> outputs(
      JsonNode node, JsonNode spec, Map<String, OutputTarget> ofPipeline) {
    Map<String, JsonNode> declared = JobFields.entries(spec.path("outputs"));
    Map<String, JsonNode> given = JobFields.entries(node.path("outputs"));
    given.forEach(declared::putIfAbsent);
    Map<String, OutputTarget> outputs = new LinkedHashMap<>();
    declared.forEach(
        (name, declaration) -> {
          OutputTarget plain = JobFields.target(declaration).plain();
          JsonNode bound = given.get(name);
          if (bound != null) {
            plain = plain.or(JobFields.target(bound));
            plain =
                plain.or(BindingValues.pipelineOutput(bound).map(ofPipeline::get).orElse(plain));
          }
          outputs.put(name, plain);
        });
    return outputs;
  }

  /**
   * The component decides whether an input is text, a file or a folder; but a file that is given
   * for a folder stays one, and its path is that of the file.
   */
  private static InputValue typed(InputValue value, String type) {
    if (value instanceof InputValue.Data data) {
      boolean fits = type.isEmpty() || (data.isFile() && type.equals("uri_folder"));
      return fits ? value : new InputValue.Data(type, data.uri());
    }
    boolean data = type.startsWith("uri_") || type.endsWith("_model") || type.equals("mltable");
    return data ? new InputValue.Data(type, ((InputValue.Text) value).text()) : value;
  }

  private TaskReader() {}
}
