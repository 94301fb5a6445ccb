package mlops.emulator.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.http.Json;

/** Batch scoring jobs as the data plane of batch endpoints shows them. */
final class BatchJobView {

  static ObjectNode of(JsonNode job, JsonNode batch, JsonNode deployment, String status) {
    String name = job.path("name").asText();
    String deploymentId = batch.path("deploymentId").asText();
    ObjectNode view = Json.object().put("id", deploymentId + "/jobs/" + name).put("name", name);
    view.put("type", BatchEndpoints.TYPE + "/deployments/jobs");
    ObjectNode properties = view.putObject("properties");
    properties.put("provisioningState", "Succeeded").put("status", status);
    properties.put("name", job.at("/properties/displayName").asText());
    JsonNode input = batch.path("input");
    String type = input.path("jobInputType").asText().equals("uri_file") ? "UriFile" : "UriFolder";
    properties
        .putObject("inputData")
        .putObject(type)
        .put("uri", input.path("uri").asText())
        .put("mode", "ReadOnlyMount")
        .put("jobInputType", type);
    if (batch.path("output").has("datastoreId")) {
      properties.set("outputDataset", batch.get("output"));
    }
    JsonNode settings = deployment.path("properties");
    for (String field :
        List.of(
            "miniBatchSize", "errorThreshold", "outputFileName", "retrySettings", "loggingLevel")) {
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
    ObjectNode endpoints = properties.putObject("interactionEndpoints");
    job.at("/properties/services")
        .properties()
        .forEach(
            s ->
                endpoints
                    .putObject(s.getKey())
                    .put("jobEndpointType", s.getKey())
                    .set("endpoint", s.getValue().path("endpoint")));
    properties.set("tags", job.at("/properties/tags"));
    properties.set("properties", job.at("/properties/properties"));
    view.set("systemData", job.path("systemData"));
    return view;
  }

  private BatchJobView() {}
}
