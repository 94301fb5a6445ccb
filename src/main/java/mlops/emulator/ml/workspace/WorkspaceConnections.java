package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.WorkspaceCollection;

/**
 * Microsoft.MachineLearningServices/workspaces/connections: where something outside is, and how to
 * get in. Nothing here uses them; they are kept for those who ask.
 */
public final class WorkspaceConnections {
  private static final String PATH = MlPaths.WORKSPACE + "/connections/{name}";
  private static final String TYPE = MlPaths.TYPE + "/connections";

  /** The documents say 33; azure-ai-ml names those of feature stores with 35. */
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{2,34}");

  /** What the credentials of each type of authentication must hold: one of these names each. */
  private static final Map<String, List<String>> NEEDED =
      Map.ofEntries(
          Map.entry("AAD", List.of()),
          Map.entry("None", List.of()),
          Map.entry("ManagedIdentity", List.of()),
          Map.entry("AccessKey", List.of("accessKeyId", "secretAccessKey")),
          Map.entry("AccountKey", List.of("key|sas")), // azure-ai-ml calls the key so
          Map.entry("ApiKey", List.of("key")),
          Map.entry("CustomKeys", List.of("keys")),
          Map.entry("OAuth2", List.of("clientId", "clientSecret")),
          Map.entry("PAT", List.of("pat")),
          Map.entry("SAS", List.of("sas")),
          Map.entry("ServicePrincipal", List.of("clientId", "clientSecret", "tenantId")),
          Map.entry("UsernamePassword", List.of("username", "password")));

  /** What a list leaves out with {@code includeAll=false}: connections that data lies behind. */
  private static final List<String> OF_DATA = List.of("AzureBlob", "ADLSGen2", "AzureOneLake");

  private final CredentialFile credentials;
  private final WorkspaceCollection connections;

  public WorkspaceConnections(MlResources resources) {
    this.credentials = new CredentialFile(resources.state(), "connection.secrets");
    this.connections =
        new WorkspaceCollection(resources, PATH, TYPE, WorkspaceConnections::notFound, id -> {});
  }

  public List<Route> routes() {
    return List.of(
        connections.createOrUpdate(
            this::content, (request, status, kept) -> Response.json(200, kept)),
        connections.get(),
        connections.delete(),
        connections.list(WorkspaceConnections::wanted),
        Route.arm("POST", PATH + "/listsecrets", TYPE + "/listsecrets/action", this::listSecrets));
  }

  /** The secrets are kept apart, and first: alone they do no harm. */
  private ObjectNode content(
      Request request, ObjectNode workspace, ObjectNode body, Optional<ObjectNode> old) {
    String id = request.id();
    if (!NAME.matcher(MlPaths.name(id)).matches()) {
      throw MlErrors.userError(
          400,
          "The connection name '%s' is invalid. It may hold letters, digits, hyphens and underscores, begins with a letter or digit, and is between 3 and 35 characters long."
              .formatted(MlPaths.name(id)));
    }
    ObjectNode properties = Json.object().put("isSharedToAll", false);
    properties.setAll((ObjectNode) body.path("properties"));
    JsonNode sent = properties.path("credentials");
    properties.remove("credentials");
    if (properties.path("category").asText().equalsIgnoreCase("AzureDataLakeGen2")) {
      properties.put("category", "ADLSGen2"); // as azure-ai-ml writes it, and as it reads it
    }
    check(id, properties, sent, old);
    if (!sent.isEmpty()) {
      credentials.keep(id, sent);
    }
    properties.put("createdByWorkspaceArmId", MlPaths.workspaceOf(id));
    return Json.object().set("properties", properties);
  }

  /** Credentials must come with the first PUT; one of the same type may leave them as they are. */
  private void check(String id, JsonNode properties, JsonNode sent, Optional<ObjectNode> old) {
    String type = properties.path("authType").asText();
    List<String> needed = NEEDED.get(type);
    if (needed == null) {
      throw MlErrors.userError(
          400,
          "The field properties.authType is '%s'; it must be one of %s."
              .formatted(type, String.join(", ", NEEDED.keySet().stream().sorted().toList())));
    }
    if (properties.path("category").asText().isEmpty()) {
      throw MlErrors.userError(400, "The field properties.category is required.");
    }
    boolean same = old.filter(o -> o.at("/properties/authType").asText().equals(type)).isPresent();
    if (sent.isEmpty() && same && credentials.has(id)) {
      return;
    }
    for (String names : needed) {
      if (Stream.of(names.split("\\|")).map(sent::path).allMatch(WorkspaceConnections::isNothing)) {
        throw MlErrors.userError(
            400,
            "The field properties.credentials.%s is required."
                .formatted(names.replace("|", " or ")));
      }
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isEmpty() && value.asText().isEmpty();
  }

  private static List<ObjectNode> wanted(Request request, List<ObjectNode> all) {
    boolean few = request.queryValue("includeAll").orElse("").equalsIgnoreCase("false");
    return all.stream()
        .filter(c -> says(request, c, "category"))
        .filter(c -> says(request, c, "target"))
        .filter(c -> !few || !OF_DATA.contains(c.at("/properties/category").asText()))
        .toList();
  }

  private static boolean says(Request request, JsonNode connection, String property) {
    String actual = connection.path("properties").path(property).asText();
    return request.queryValue(property).map(actual::equalsIgnoreCase).orElse(true);
  }

  private Response listSecrets(Request request) {
    String id = ArmResources.parent(request.id());
    ObjectNode connection = connections.find(request, id);
    if (credentials.has(id)) {
      connection.withObject("properties").set("credentials", credentials.read(id));
    }
    return Response.json(200, connection);
  }

  private static ApiException notFound(String id) {
    return MlErrors.userError(
        404, "Connection %s can't be found in this workspace".formatted(MlPaths.name(id)));
  }
}
