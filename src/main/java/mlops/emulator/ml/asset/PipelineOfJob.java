package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * The pipeline component that a job is. A client that deploys a job sends a component with nothing
 * but {@code sourceJobId}, and the service makes the rest of the job. Values that the job was given
 * are the defaults of the component; data has to be named each time.
 */
final class PipelineOfJob {
  private final MlResources resources;

  PipelineOfJob(MlResources resources) {
    this.resources = resources;
  }

  /**
   * Makes a component of the job that it names.
   *
   * @param spec the component, which is filled in
   * @throws ApiException 404 where there is no such job, 400 where it is no pipeline
   */
  void complete(String workspace, ObjectNode spec) {
    String name = MlPaths.name(spec.path("sourceJobId").asText()).replaceFirst("^azureml:", "");
    JsonNode job =
        resources
            .read(workspace + "/jobs/" + name)
            .orElseThrow(() -> MlErrors.userError(404, "Job %s not found.".formatted(name)))
            .path("properties");
    String type = job.path("jobType").asText();
    if (!type.equals("Pipeline")) {
      throw MlErrors.userError(
          400,
          "A pipeline component is made of a pipeline job, and %s is of type %s."
              .formatted(name, type));
    }
    JsonNode component = component(job);
    spec.put("type", "pipeline");
    spec.set("jobs", (component.isEmpty() ? job : component).path("jobs").deepCopy());
    spec.set("inputs", inputs(component.path("inputs"), job.path("inputs")));
    spec.set("outputs", outputs(component.path("outputs"), job.path("outputs")));
  }

  /** The component that the job runs; empty where the pipeline is the job's own. */
  private JsonNode component(JsonNode job) {
    return resources
        .read(job.path("componentId").asText())
        .map(version -> version.at("/properties/componentSpec"))
        .orElseGet(Json::object);
  }

  private static ObjectNode inputs(JsonNode declared, JsonNode given) {
    ObjectNode inputs = copy(declared);
    for (Map.Entry<String, JsonNode> input : given.properties()) {
      ObjectNode port = inputs.withObjectProperty(input.getKey());
      String type = input.getValue().path("jobInputType").asText();
      if (type.equals("literal")) {
        port.set("default", input.getValue().path("value"));
      }
      if (!port.has("type")) {
        port.put("type", type.equals("literal") ? "string" : type);
      }
    }
    return inputs;
  }

  private static ObjectNode outputs(JsonNode declared, JsonNode given) {
    ObjectNode outputs = copy(declared);
    for (Map.Entry<String, JsonNode> output : given.properties()) {
      ObjectNode port = outputs.withObjectProperty(output.getKey());
      if (!port.has("type")) {
        port.put("type", output.getValue().path("jobOutputType").asText("uri_folder"));
      }
    }
    return outputs;
  }

  private static ObjectNode copy(JsonNode ports) {
    return ports instanceof ObjectNode declared ? declared.deepCopy() : Json.object();
  }
}
