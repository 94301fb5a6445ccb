package mlops.emulator.registry;

import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.UUID;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * The long-running operations on the assets of registries, polled at the host of the region. They
 * are over when they are answered; that one failed is told by its poll, as on Azure.
 */
final class AssetOperations {
  private static final String KEPT = "/registryoperations/";

  private final MlResources resources;

  AssetOperations(MlResources resources) {
    this.resources = resources;
  }

  List<Route> routes() {
    return List.of(route("assetstore"), route("environment"));
  }

  private Route route(String service) {
    String path = "/" + service + "/v1.0/operations/{operation}";
    return Route.of("GET", MlPaths.API_HOST, path, Permission.signedIn(Audiences.ML), this::poll);
  }

  /** Answers to a PUT that made a version: the poll tells its id, of an environment nothing. */
  Response made(String region, String assetId) {
    boolean environment = assetId.contains("/environments/");
    String[] parts = assetId.split("/");
    String operation =
        environment
            ? "%s_%s_%s_1".formatted(parts[3], parts[5], parts[7])
            : UUID.randomUUID().toString();
    ObjectNode outcome = Json.object().put("status", 200);
    if (!environment) {
      outcome.put("assetId", assetId);
    }
    return accepted(region, environment ? "environment" : "assetstore", operation, outcome);
  }

  /** Answers to an import that is done: its poll has no body, which azure-ai-ml cannot do with. */
  Response imported(String region) {
    return accepted(
        region, "assetstore", UUID.randomUUID().toString(), Json.object().put("status", 204));
  }

  /** Answers to an import that failed: its poll says why. */
  Response failed(String region, ApiException failure) {
    ObjectNode outcome = Json.object().put("status", failure.status());
    outcome.put("code", failure.code()).put("message", failure.message());
    return accepted(region, "assetstore", UUID.randomUUID().toString(), outcome);
  }

  private Response accepted(String region, String service, String operation, JsonNode outcome) {
    resources.state().write(KEPT + operation, outcome);
    String url = "https://%s.api.azureml.ms/%s/v1.0/operations/%s";
    return Response.of(202, "application/json; charset=utf-8", BinaryData.fromString("null"))
        .with("Location", url.formatted(region, service, operation))
        .with("x-ms-async-operation-timeout", "PT1H")
        .with("Retry-After", "1")
        .with("x-ms-retry-after-ms", "1");
  }

  private Response poll(Request request) {
    String operation = request.parameter("operation");
    ObjectNode outcome =
        resources
            .read(KEPT + operation)
            .orElseThrow(
                () -> MlErrors.userError(404, "There is no operation %s.".formatted(operation)));
    int status = outcome.path("status").asInt();
    if (status >= 400) {
      throw new ApiException(
          status, outcome.path("code").asText(), outcome.path("message").asText());
    }
    outcome.remove("status");
    return outcome.isEmpty() ? Response.empty(status) : Response.json(status, outcome);
  }
}
