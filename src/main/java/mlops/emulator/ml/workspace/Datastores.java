package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.WorkspaceCollection;

/** Microsoft.MachineLearningServices/workspaces/datastores: where jobs find and leave data. */
public final class Datastores {
  static final String TYPE = MlPaths.TYPE + "/datastores";
  private static final String PATH = MlPaths.WORKSPACE + "/datastores/{name}";

  private static final String LIST_SECRETS = TYPE + "/listSecrets/action";

  private final DatastoreDocument document;
  private final DatastoreSecrets secrets;
  private final MlResources resources;
  private final WorkspaceCollection datastores;

  public Datastores(MlResources resources, DatastoreDocument document, DatastoreSecrets secrets) {
    this.document = document;
    this.secrets = secrets;
    this.resources = resources;
    this.datastores =
        new WorkspaceCollection(resources, PATH, TYPE, id -> notFound(MlPaths.name(id)), id -> {});
  }

  public List<Route> routes() {
    return List.of(
        datastores.createOrUpdate(this::content),
        datastores.get(),
        datastores.delete(r -> {}, this::remove),
        datastores.list(Datastores::wanted),
        Route.arm("POST", PATH + "/listSecrets", LIST_SECRETS, this::listSecrets),
        Route.of(
            "GET",
            MlPaths.API_HOST,
            "/datastore/v1.0" + PATH,
            Permission.action(LIST_SECRETS),
            this::getWithSecrets));
  }

  /** The secrets are kept apart, and first: alone they do no harm. */
  private ObjectNode content(
      Request request, ObjectNode workspace, ObjectNode body, Optional<ObjectNode> old) {
    boolean validate = !request.queryValue("skipValidation").orElse("").equalsIgnoreCase("true");
    ObjectNode asked = (ObjectNode) body.path("properties");
    JsonNode sent = asked.path("credentials").path("secrets").deepCopy();
    ObjectNode properties = document.of(request.id(), workspace, asked, validate);
    requireSecret(request.id(), properties, sent);
    properties.put(
        "isDefault", old.map(o -> o.at("/properties/isDefault").asBoolean()).orElse(false));
    secrets.keep(request.id(), sent);
    return Json.object().set("properties", properties);
  }

  /** A key or a SAS must come with the first PUT; later ones may leave it as it is. */
  private void requireSecret(String id, JsonNode properties, JsonNode sent) {
    String type = properties.at("/credentials/credentialsType").asText();
    String field = type.equals("Sas") ? "sasToken" : "key";
    if (type.equals("None") || (!sent.isObject() && secrets.has(id))) {
      return;
    }
    if (sent.path(field).asText().isBlank()) {
      throw MlErrors.userError(
          400, "The field credentials.secrets.%s is required.".formatted(field));
    }
  }

  private void remove(ObjectNode datastore) {
    if (datastore.at("/properties/isDefault").asBoolean()) {
      throw MlErrors.userError(
          400,
          "The default datastore '%s' of the workspace cannot be deleted."
              .formatted(datastore.path("name").asText()));
    }
    resources.state().delete(datastore.path("id").asText());
  }

  private static List<ObjectNode> wanted(Request request, List<ObjectNode> all) {
    String wanted = request.queryValue("isDefault").orElse("");
    List<String> names =
        request.queryValue("names").map(n -> List.of(n.split(","))).orElse(List.of());
    String text = request.queryValue("searchText").orElse("");
    return all.stream()
        .filter(
            d ->
                wanted.isEmpty() || wanted.equalsIgnoreCase(d.at("/properties/isDefault").asText()))
        .filter(d -> names.isEmpty() || names.contains(d.path("name").asText()))
        .filter(d -> d.path("name").asText().contains(text))
        .toList();
  }

  private Response listSecrets(Request request) {
    ObjectNode datastore = datastores.find(request, ArmResources.parent(request.id()));
    return Response.json(200, secrets.of(datastore));
  }

  private Response getWithSecrets(Request request) {
    String workspace = resources.workspace(request).path("id").asText();
    String id = workspace + "/datastores/" + request.parameter("name");
    return Response.json(200, DataPlaneDatastore.of(datastores.find(request, id), secrets));
  }

  public static ApiException notFound(String name) {
    return MlErrors.userError(404, "Could not find datastore: %s.".formatted(name));
  }
}
