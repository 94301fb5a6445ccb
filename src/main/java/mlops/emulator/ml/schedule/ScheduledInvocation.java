package mlops.emulator.ml.schedule;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * The request by which a schedule invokes its batch endpoint for one time. Microsoft's OpenAPI
 * document has {@code endpointInvocationDefinition} by its example alone: the {@code endpoint}, by
 * its id, and {@code inputs}, which are values; data come as in an invocation.
 */
record ScheduledInvocation(MlResources resources) {
  /** The actionType of a schedule that does this. */
  static final String TYPE = "InvokeBatchEndpoint";

  private static final Set<String> FIELDS = Set.of("endpoint", "inputs");

  /**
   * Checks what a new schedule says of its invocation.
   *
   * @throws ApiException 400 or 404 where it names no endpoint of its workspace, 501 for what is
   *     not in the example
   */
  void check(String schedule, JsonNode action) {
    JsonNode definition = action.path("endpointInvocationDefinition");
    for (Map.Entry<String, JsonNode> field : definition.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw ApiException.notImplemented(
            "The embedded Azure reads endpoint and inputs of an endpointInvocationDefinition, which Microsoft's document has, and not '%s'."
                .formatted(field.getKey()));
      }
    }
    String endpoint = endpoint(definition);
    String inside = MlPaths.workspaceOf(schedule) + "/batchEndpoints/";
    if (!endpoint.regionMatches(true, 0, inside, 0, inside.length())) {
      throw MlErrors.userError(
          400,
          "The field properties.action.endpointInvocationDefinition.endpoint is required: the id of a batch endpoint of this workspace, azureml:%sNAME."
              .formatted(inside));
    }
    if (resources.read(endpoint).isEmpty()) {
      throw ApiException.notFound("NotFound", "The specified resource was not found.")
          .withDetail(
              "NoSuchEndpoint", "There is no endpoint with name: " + MlPaths.name(endpoint));
    }
  }

  /** The id of the endpoint. */
  static String endpoint(JsonNode definition) {
    return definition.path("endpoint").asText().replaceFirst("^azureml:(?=/)", "");
  }

  /**
   * The request, as whoever owns this token, for the data plane of Azure Machine Learning.
   *
   * @param schedule its document
   */
  Request of(JsonNode schedule, Instant time, String authorization) {
    String name = ScheduledRequest.name(schedule.path("id").asText(), time);
    JsonNode written = schedule.at("/properties/action/endpointInvocationDefinition");
    ObjectNode definition = ScheduledRequest.filled(written.toString(), name, time);
    ObjectNode body = Json.object();
    ObjectNode data = body.putObject("properties").put("displayName", name).putObject("inputData");
    for (Map.Entry<String, JsonNode> input : definition.path("inputs").properties()) {
      JsonNode value = input.getValue();
      ObjectNode literal =
          Json.object().put("jobInputType", "Literal").put("value", value.asText());
      data.set(input.getKey(), value.isObject() ? value : literal);
    }
    JsonNode endpoint = resources.arm().find(endpoint(definition));
    URI scoring = URI.create(endpoint.at("/properties/scoringUri").asText());
    HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, authorization);
    headers.set(HttpHeaderName.CONTENT_TYPE, "application/json");
    return Request.of(
        "POST",
        scoring.getHost(),
        scoring.getPath(),
        headers,
        BinaryData.fromString(body.toString()));
  }
}
