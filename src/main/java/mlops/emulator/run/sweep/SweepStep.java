package mlops.emulator.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import mlops.emulator.http.Json;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.TaskReader;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.OutputTarget;

/** A node of a pipeline that is a sweep: a component, some of whose inputs are tried. */
public final class SweepStep {

  public static boolean isOne(JsonNode node) {
    return JobFields.text(node, "type").equals("sweep");
  }

  /** The component that it tries. */
  public static JsonNode component(Job job, JsonNode node) {
    JsonNode trial = node.path("trial");
    ObjectNode named = Json.object().set("componentId", trial);
    return job.assets().component(trial.isObject() ? trial : named);
  }

  /** What the component declares, without the inputs that the search space gives their values. */
  public static JsonNode untried(JsonNode spec, JsonNode node) {
    ObjectNode others = spec.deepCopy();
    if (others.path("inputs") instanceof ObjectNode inputs) {
      JobFields.first(node, "search_space", "searchSpace")
          .fieldNames()
          .forEachRemaining(inputs::remove);
    }
    return others;
  }

  /** What its trials are, but for the inputs that are tried. */
  public static CommandTask task(
      JsonNode node,
      JsonNode spec,
      Map<String, InputValue> inputs,
      Map<String, OutputTarget> outputs) {
    ObjectNode trial = node.deepCopy();
    trial.remove("limits"); // those of the whole sweep
    return TaskReader.node(trial, spec, inputs, outputs);
  }

  private SweepStep() {}
}
