package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.ResourceIdentity;

/** Microsoft.MachineLearningServices/workspaces/batchEndpoints: stable addresses for scoring. */
public final class BatchEndpoints {
  static final String COLLECTION = MlPaths.WORKSPACE + "/batchEndpoints";
  static final String PATH = COLLECTION + "/{endpoint}";
  static final String TYPE = MlPaths.TYPE + "/batchEndpoints";
  static final String ACTION = MlPaths.ACTION + "batchEndpoints/";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z]([-a-zA-Z0-9]{1,30}[a-zA-Z0-9])");

  private final MlResources resources;
  private final ResourceIdentity identities;
  private final EndpointNames names;

  public BatchEndpoints(MlResources resources, ResourceIdentity identities, EndpointNames names) {
    this.resources = resources;
    this.identities = identities;
    this.names = names;
  }

  public List<Route> routes() {
    return List.of(
        Route.arm("PUT", PATH, ACTION + "write", this::createOrUpdate),
        Route.arm("PATCH", PATH, ACTION + "write", this::update),
        Route.arm("GET", PATH, ACTION + "read", r -> Response.json(200, find(r))),
        Route.arm("DELETE", PATH, ACTION + "delete", this::delete),
        Route.arm("GET", COLLECTION, ACTION + "read", this::list));
  }

  private Response createOrUpdate(Request request) {
    ObjectNode body = MlPaths.withoutNulls(request.json());
    body.set("properties", MlPaths.properties(request));
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              JsonNode workspace = resources.workspace(request);
              Optional<ObjectNode> old = resources.read(id);
              ObjectNode endpoint = document(id, workspace, body, old);
              names.claim(endpoint.path("location").asText(), id);
              ObjectNode kept = resources.put(id, TYPE, request.caller(), endpoint);
              return Response.json(old.isPresent() ? 200 : 201, kept);
            });
  }

  private ObjectNode document(
      String id, JsonNode workspace, ObjectNode body, Optional<ObjectNode> old) {
    checkName(MlPaths.name(id));
    ObjectNode endpoint = MlResources.tracked(workspace, body);
    String location = endpoint.path("location").asText();
    for (String field : List.of("kind", "sku")) {
      if (body.has(field)) {
        endpoint.set(field, body.get(field));
      }
    }
    JsonNode before = old.map(o -> o.path("identity")).orElse(Json.object());
    endpoint.set("identity", identities.assign(id, body.path("identity"), before));
    ObjectNode properties = endpoint.putObject("properties");
    properties.putObject("properties");
    properties.setAll(MlPaths.withoutNulls(body.path("properties")));
    properties.remove("keys");
    properties.put("authMode", authMode(properties));
    properties.put(
        "scoringUri",
        "https://%s.%s.inference.ml.azure.com/jobs".formatted(MlPaths.name(id), location));
    properties.put("provisioningState", "Succeeded");
    JsonNode defaults =
        properties.has("defaults")
            ? properties.path("defaults")
            : old.map(o -> o.at("/properties/defaults")).orElse(Json.object());
    properties.set("defaults", defaults.isObject() ? defaults : Json.object());
    checkDefault(id, properties.path("defaults").path("deploymentName").asText());
    return endpoint;
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw MlPaths.userError(
          400,
          "The endpoint name '%s' is invalid. It begins with a letter, holds letters, digits and hyphens, does not end with a hyphen, and is 3 to 32 characters long."
              .formatted(name));
    }
  }

  private static String authMode(JsonNode properties) {
    String mode = properties.path("authMode").asText("AADToken");
    if (!mode.equalsIgnoreCase("AADToken")) {
      throw MlPaths.userError(
          400,
          "Batch endpoints support the authentication mode AADToken only, not %s.".formatted(mode));
    }
    return "AADToken";
  }

  private void checkDefault(String id, String deployment) {
    if (!deployment.isEmpty() && resources.read(id + "/deployments/" + deployment).isEmpty()) {
      throw ApiException.badRequest("UserError", "The request is invalid.")
          .withDetail(
              "NoSuchDeployment",
              "There is no deployment with name: %s in endpoint %s"
                  .formatted(deployment, MlPaths.name(id)));
    }
  }

  private Response update(Request request) {
    return resources.update(request, this::find, this::setDefault);
  }

  private void setDefault(ObjectNode endpoint, JsonNode properties) {
    JsonNode deployment = properties.path("defaults");
    if (deployment.isObject()) {
      checkDefault(endpoint.path("id").asText(), deployment.path("deploymentName").asText());
      endpoint.withObject("properties").set("defaults", deployment);
    }
  }

  private ObjectNode find(Request request) {
    resources.workspace(request);
    return resources.read(request.id()).orElseThrow(() -> notFound(request.id()));
  }

  static ApiException notFound(String id) {
    return ApiException.notFound("NotFound", "The specified resource was not found.")
        .withDetail(
            "NoSuchEndpoint",
            "There is no endpoint with name: %s in %s"
                .formatted(MlPaths.name(id), MlPaths.name(MlPaths.workspaceOf(id))));
  }

  private Response delete(Request request) {
    return resources.delete(request, identities::delete);
  }

  private Response list(Request request) {
    resources.workspace(request);
    return Pages.of(request, resources.state().list(request.id()));
  }
}
