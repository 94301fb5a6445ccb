package mlops.emulator.run.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.job.BindingValues;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.TaskReader;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.OutputTarget;

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
    Map<String, InputValue> inputs,
    Map<String, OutputTarget> targets,
    String compute,
    boolean continues,
    boolean rerun) {
  private static final Pattern COMPONENT =
      Pattern.compile("(?:.*/components/|azureml:)([^/:@]+)(?:/versions/|:)([^/:]+)");

  /**
   * A job that is a pipeline.
   *
   * @param spec the component that it runs, or the job itself
   */
  static Pipeline of(JsonNode properties, JsonNode spec) {
    JsonNode settings = properties.path("settings");
    String compute = JobFields.text(settings, "default_compute", "defaultCompute");
    return new Pipeline(
        JobFields.entries(spec.path("jobs")),
        spec.equals(properties)
            ? given(properties)
            : TaskReader.inputs(properties, spec, BindingValues.none()),
        TaskReader.outputs(properties, spec, Map.of()),
        compute.isEmpty() ? JobFields.text(properties, "computeId") : compute,
        JobFields.flag(
            JobFields.first(settings, "continue_on_step_failure", "continueOnStepFailure"), false),
        JobFields.flag(JobFields.first(settings, "force_rerun", "forceRerun"), false));
  }

  private static Map<String, InputValue> given(JsonNode properties) {
    Map<String, InputValue> inputs = new LinkedHashMap<>();
    JobFields.entries(properties.path("inputs"))
        .forEach((name, node) -> JobFields.value(node).ifPresent(v -> inputs.put(name, v)));
    return inputs;
  }

  /**
   * The compute of a child, which may be named by an input; an ARM id or a name. Spark programs run
   * on none but their own.
   */
  String compute(JsonNode node) {
    String named =
        new BindingValues(inputs, Map.of()).text(JobFields.text(node, "computeId", "compute"));
    boolean own = !named.isEmpty() || JobFields.text(node, "type").equals("spark");
    return own ? named : compute;
  }

  JsonNode node(String name) {
    return nodes.getOrDefault(name, MissingNode.getInstance());
  }

  /** The pipeline that a component of type pipeline is, in this one. */
  Pipeline nested(
      JsonNode spec, Map<String, InputValue> values, Map<String, OutputTarget> outputs, String on) {
    return new Pipeline(
        JobFields.entries(spec.path("jobs")), values, outputs, on, continues, rerun);
  }

  /** The first lines of a child's run document. */
  void describe(Job job, JsonNode node, ObjectNode run) {
    String name = run.path("name").asText();
    String display = JobFields.text(node, "display_name", "displayName");
    run.put("displayName", display.isEmpty() ? name : display);
    run.put("experimentName", job.experiment());
    module(run.withObject("properties"), JobFields.text(node, "componentId", "component"));
    String on = compute(node);
    run.put("compute", on.substring(Math.max(on.lastIndexOf('/'), on.lastIndexOf(':')) + 1));
  }

  /** The component of a child; one without a name is the same for all. */
  private static void module(ObjectNode properties, String component) {
    Matcher named = COMPONENT.matcher(component);
    boolean known = named.matches();
    properties.put("azureml.moduleName", known ? named.group(1) : "azureml_anonymous");
    if (known) {
      properties.put("azureml.moduleVersion", named.group(2));
    }
  }

  /** The outputs of the pipeline: those of its children that are bound to them. */
  Map<String, InputValue.Data> outputs(Map<String, Map<String, InputValue.Data>> results) {
    Map<String, InputValue.Data> outputs = new LinkedHashMap<>();
    nodes.forEach(
        (child, node) ->
            JobFields.entries(node.path("outputs"))
                .forEach(
                    (name, output) -> {
                      InputValue.Data data = results.getOrDefault(child, Map.of()).get(name);
                      if (data != null) {
                        BindingValues.pipelineOutput(output).ifPresent(o -> outputs.put(o, data));
                      }
                    }));
    return outputs;
  }
}
