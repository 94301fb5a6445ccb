package mlops.emulator.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline job, or a pipeline component in one.
 *
 * @param nodes its children by name
 * @param inputs those that have a value
 * @param targets where its outputs go, as far as it says so
 * @param compute what children run on that name none, an ARM id or a name
 * @param continues whether others go on when a child has failed
 * @param rerun whether nothing may be reused
 */
record Pipeline(
    Map<String, JsonNode> nodes,
    Map<String, Value> inputs,
    Map<String, OutputTarget> targets,
    String compute,
    boolean continues,
    boolean rerun) {

  static Pipeline of(JsonNode properties) {
    Map<String, Value> inputs = new LinkedHashMap<>();
    Fields.entries(properties.path("inputs"))
        .forEach((name, node) -> Fields.value(node).ifPresent(v -> inputs.put(name, v)));
    Map<String, OutputTarget> targets = new LinkedHashMap<>();
    Fields.entries(properties.path("outputs"))
        .forEach((name, node) -> targets.put(name, Fields.target(node)));
    JsonNode settings = properties.path("settings");
    String compute = Fields.text(settings, "default_compute", "defaultCompute");
    return new Pipeline(
        Fields.entries(properties.path("jobs")),
        inputs,
        targets,
        compute.isEmpty() ? Fields.text(properties, "computeId") : compute,
        Fields.flag(
            Fields.first(settings, "continue_on_step_failure", "continueOnStepFailure"), false),
        Fields.flag(Fields.first(settings, "force_rerun", "forceRerun"), false));
  }

  JsonNode node(String name) {
    return nodes.getOrDefault(name, MissingNode.getInstance());
  }

  /** The pipeline that a component of type pipeline is, in this one. */
  Pipeline nested(
      JsonNode spec, Map<String, Value> values, Map<String, OutputTarget> outputs, String on) {
    return new Pipeline(Fields.entries(spec.path("jobs")), values, outputs, on, continues, rerun);
  }

  /** The first lines of a child's run document. */
  void describe(Job job, JsonNode node, ObjectNode run) {
    String name = run.path("name").asText();
    String display = Fields.text(node, "display_name", "displayName");
    run.put("displayName", display.isEmpty() ? name : display);
    run.put("experimentName", job.experiment());
    String compute = Fields.text(node, "computeId", "compute");
    String on = compute.isEmpty() ? compute() : compute;
    run.put("compute", on.substring(Math.max(on.lastIndexOf('/'), on.lastIndexOf(':')) + 1));
  }

  /** Where the outputs of a node go, by the component's declaration, the node and the pipeline. */
  Map<String, OutputTarget> targets(JsonNode node, JsonNode spec) {
    Map<String, JsonNode> declared = Fields.entries(spec.path("outputs"));
    Map<String, JsonNode> given = Fields.entries(node.path("outputs"));
    given.forEach(declared::putIfAbsent);
    Map<String, OutputTarget> outputs = new LinkedHashMap<>();
    declared.forEach(
        (name, declaration) -> {
          OutputTarget target = Fields.target(declaration);
          OutputTarget plain =
              new OutputTarget(target.type(), Optional.empty(), Optional.empty(), Optional.empty());
          JsonNode bound = given.get(name);
          if (bound != null) {
            plain = plain.or(Fields.target(bound));
            plain = plain.or(bound(bound).map(targets::get).orElse(plain));
          }
          outputs.put(name, plain);
        });
    return outputs;
  }

  /** The outputs of the pipeline: those of its children that are bound to them. */
  Map<String, Value.Data> outputs(Map<String, Map<String, Value.Data>> results) {
    Map<String, Value.Data> outputs = new LinkedHashMap<>();
    nodes.forEach(
        (child, node) ->
            Fields.entries(node.path("outputs"))
                .forEach(
                    (name, output) -> {
                      Value.Data data = results.getOrDefault(child, Map.of()).get(name);
                      if (data != null) {
                        bound(output).ifPresent(o -> outputs.put(o, data));
                      }
                    }));
    return outputs;
  }

  private static Optional<String> bound(JsonNode output) {
    String text =
        output.isTextual() ? output.asText() : Fields.text(output, "value", "path", "uri");
    return Bindings.pipelineOutput(text);
  }
}
