package mlops.emulator.ml.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.GlobalNames;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceIdentities;
import mlops.emulator.ml.resource.WorkspaceCollection;
import mlops.emulator.state.StateTree;

/** Microsoft.MachineLearningServices/workspaces/batchEndpoints: stable addresses for scoring. */
public final class BatchEndpoints {
  static final String PATH = MlPaths.WORKSPACE + "/batchEndpoints/{endpoint}";
  static final String TYPE = MlPaths.TYPE + "/batchEndpoints";
  static final String ACTION = MlPaths.ACTION + "batchEndpoints/";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z]([-a-zA-Z0-9]{1,30}[a-zA-Z0-9])");

  private final MlResources resources;
  private final ResourceIdentities identities;
  private final WorkspaceCollection endpoints;

  public BatchEndpoints(MlResources resources, ResourceIdentities identities) {
    this.resources = resources;
    this.identities = identities;
    this.endpoints =
        new WorkspaceCollection(resources, PATH, TYPE, BatchEndpoints::notFound, id -> {});
  }

  public List<Route> routes() {
    return List.of(
        endpoints.createOrUpdate(this::content),
        endpoints.update(this::change),
        endpoints.get(),
        endpoints.delete(r -> {}, identities::delete),
        endpoints.list((request, all) -> all),
        Route.unbuilt(
            "POST",
            Route.ARM,
            PATH + "/listkeys",
            Permission.action(TYPE + "/listKeys/action"),
            this::noKeys));
  }

  private ApiException noKeys(Request request) {
    endpoints.find(request, ArmResources.parent(request.id()));
    return tokensOnly("Key");
  }

  /** The names of the endpoints of a region: each stands for one of them. */
  public static GlobalNames names(StateTree state, String region) {
    return new GlobalNames(state, "batchendpoints/" + region.toLowerCase(Locale.ROOT));
  }

  private ObjectNode content(
      Request request, ObjectNode workspace, ObjectNode body, Optional<ObjectNode> old) {
    String id = request.id();
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
    endpoint.set("properties", properties(id, location, body, old));
    names(resources.state(), location)
        .claim(MlPaths.name(id), id, () -> taken(MlPaths.name(id), location));
    return endpoint;
  }

  private ObjectNode properties(
      String id, String location, JsonNode body, Optional<ObjectNode> old) {
    ObjectNode properties = Json.object();
    properties.putObject("properties");
    properties.setAll((ObjectNode) body.path("properties"));
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
    return properties;
  }

  private static ApiException taken(String name, String region) {
    return ApiException.badRequest("UserError", "The request is invalid.")
        .withDetail(
            "EndpointAlreadyExists",
            "The endpoint name %s is already taken in region %s. Endpoint names need to be unique within an Azure region."
                .formatted(name, region));
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw MlErrors.userError(
          400,
          "The endpoint name '%s' is invalid. It begins with a letter, holds letters, digits and hyphens, does not end with a hyphen, and is 3 to 32 characters long."
              .formatted(name));
    }
  }

  private static String authMode(JsonNode properties) {
    String mode = properties.path("authMode").asText("AADToken");
    if (!mode.equalsIgnoreCase("AADToken")) {
      throw tokensOnly(mode);
    }
    return "AADToken";
  }

  private static ApiException tokensOnly(String mode) {
    return MlErrors.userError(
        400,
        "Batch endpoints support the authentication mode AADToken only, not %s.".formatted(mode));
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

  private void change(ObjectNode endpoint, JsonNode body) {
    String id = endpoint.path("id").asText();
    JsonNode deployment = body.at("/properties/defaults");
    if (deployment.isObject()) {
      checkDefault(id, deployment.path("deploymentName").asText());
      endpoint.withObject("properties").set("defaults", deployment);
    }
    if (body.path("identity").isObject()) {
      JsonNode before = endpoint.path("identity");
      endpoint.set("identity", identities.assign(id, body.get("identity"), before));
    }
  }

  static ApiException notFound(String id) {
    return ApiException.notFound("NotFound", "The specified resource was not found.")
        .withDetail(
            "NoSuchEndpoint",
            "There is no endpoint with name: %s in %s"
                .formatted(MlPaths.name(id), MlPaths.name(MlPaths.workspaceOf(id))));
  }
}
