package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.resource.MlErrors;

/** A batch deployment of a pipeline component: each invocation runs the pipeline. */
final class PipelineDeployment {
  private static final String CONFIGURATION = "deploymentConfiguration";

  /** Whether properties of a deployment describe one of these. */
  static boolean isOne(JsonNode properties) {
    return properties
        .path(CONFIGURATION)
        .path("deploymentConfigurationType")
        .asText()
        .equals("PipelineComponent");
  }

  /**
   * Checks what a PUT asks for.
   *
   * @throws ApiException 400 or 404 where it refers to something that is not there
   */
  static void check(AssetReferences references, String workspace, JsonNode properties) {
    JsonNode configuration = properties.path(CONFIGURATION);
    String component = componentId(properties);
    if (component.isEmpty()) {
      throw MlErrors.userError(
          400, "The batch deployment is invalid: deploymentConfiguration.componentId is required.");
    }
    references.requireComponent(workspace, component, "pipeline");
    references.requireCompute(
        workspace, configuration.path("settings").path("default_compute").asText());
  }

  private static String componentId(JsonNode properties) {
    return properties.path(CONFIGURATION).path("componentId").path("assetId").asText();
  }

  /** Puts what an invocation runs into the properties of its job. */
  static void addTo(ObjectNode job, JsonNode deployment, JsonNode batch) {
    JsonNode properties = deployment.path("properties");
    job.put("componentId", componentId(properties));
    job.set("settings", properties.path(CONFIGURATION).path("settings"));
    job.set("inputs", batch.path("inputs"));
    job.set("outputs", batch.path("outputs"));
    job.withObject("/tags").put("azureml.jobtype", "azureml.pipelinejob");
  }

  /** The outputs of an invocation, as jobs have them. */
  static ObjectNode outputs(JsonNode sent) {
    ObjectNode outputs = Json.object();
    for (Map.Entry<String, JsonNode> output : sent.properties()) {
      ObjectNode one = outputs.putObject(output.getKey());
      one.put("jobOutputType", type(output.getValue().path("jobOutputType")));
      if (output.getValue().hasNonNull("uri")) {
        one.set("uri", output.getValue().get("uri"));
      }
    }
    return outputs;
  }

  /** {@code UriFolder} of an invocation is {@code uri_folder} of a job. */
  static String type(JsonNode type) {
    return type.asText("uri_folder").replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  private PipelineDeployment() {}
}
