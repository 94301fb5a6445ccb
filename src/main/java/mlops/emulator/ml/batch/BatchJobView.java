package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.Json;

/** Batch scoring jobs as the data plane of batch endpoints shows them. */
final class BatchJobView {
  private static final List<String> SETTINGS =
      List.of("miniBatchSize", "errorThreshold", "outputFileName", "retrySettings", "loggingLevel");

  static ObjectNode of(JsonNode job, JsonNode batch, JsonNode deployment, String status) {
    String name = job.path("name").asText();
    ObjectNode view = Json.object();
    view.put("id", batch.path("deploymentId").asText() + "/jobs/" + name).put("name", name);
    view.put("type", BatchEndpoints.TYPE + "/deployments/jobs");
    ObjectNode properties = view.putObject("properties");
    properties.put("provisioningState", "Succeeded").put("status", status);
    properties.put("name", job.at("/properties/displayName").asText());
    addData(properties, batch);
    addSettings(properties, batch, deployment.path("properties"));
    ObjectNode endpoints = properties.putObject("interactionEndpoints");
    for (Map.Entry<String, JsonNode> service : job.at("/properties/services").properties()) {
      endpoints
          .putObject(service.getKey())
          .put("jobEndpointType", service.getKey())
          .set("endpoint", service.getValue().path("endpoint"));
    }
    properties.set("tags", job.at("/properties/tags"));
    properties.set("properties", job.at("/properties/properties"));
    view.set("systemData", job.path("systemData"));
    return view;
  }

  private static void addData(ObjectNode properties, JsonNode batch) {
    if (batch.has("inputs")) {
      properties.set("inputData", batch.get("inputs"));
      properties.set("outputData", batch.path("outputs"));
      return;
    }
    JsonNode input = batch.path("input");
    boolean file = input.path("jobInputType").asText().equals("uri_file");
    String type = file ? "UriFile" : "UriFolder";
    properties
        .putObject("inputData")
        .putObject(type)
        .put("uri", input.path("uri").asText())
        .put("mode", "ReadOnlyMount")
        .put("jobInputType", type);
    if (batch.path("output").has("datastoreId")) {
      properties.set("outputDataset", batch.get("output"));
    }
  }

  /** How the job scores: as its deployment says, unless the invocation said otherwise. */
  private static void addSettings(ObjectNode properties, JsonNode batch, JsonNode settings) {
    for (String field : SETTINGS) {
      JsonNode own = batch.path("overrides").path(field);
      JsonNode value = own.isMissingNode() ? settings.path(field) : own;
      if (!value.isMissingNode()) {
        properties.set(field, value);
      }
    }
    properties
        .putObject("compute")
        .put("target", settings.path("compute").asText())
        .put("isLocal", false);
  }

  private BatchJobView() {}
}
