package mlops.emulator.featurestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.AssetVersions;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.ResourceNames;
import mlops.emulator.ml.resource.WorkspaceCollection;
import mlops.emulator.ml.workspace.WorkspaceKind;

/** One kind of asset of feature stores: containers by name, and the versions in them. */
final class FeatureAssets {
  private final FeatureAssetType type;
  private final MlResources resources;
  private final Content content;
  private final WorkspaceCollection containers;
  private final WorkspaceCollection versions;

  /** What a version says of itself. */
  @FunctionalInterface
  interface Content {

    /**
     * Checks the properties that a PUT asks for, and adds what Azure adds.
     *
     * @param store the feature store
     * @param properties with the defaults of all assets
     * @param old those of the version as it is; nothing where it is new
     */
    void complete(ObjectNode store, ObjectNode properties, JsonNode old);
  }

  FeatureAssets(FeatureAssetType type, MlResources resources, Content content) {
    this.type = type;
    this.resources = resources;
    this.content = content;
    this.containers =
        new WorkspaceCollection(resources, type.path(), type.type(), type::notFound, id -> {});
    this.versions =
        new WorkspaceCollection(
            resources, type.path() + "/versions/{version}", type.type(), type::notFound, id -> {});
  }

  List<Route> routes() {
    return List.of(
        containers.createOrUpdate(this::container),
        containers.get(this::withVersions),
        containers.list(this::containers),
        containers.delete(),
        versions.createOrUpdate(this::version),
        versions.get(),
        versions.list(this::versions),
        versions.delete());
  }

  /** A version that must be there, of a request below it. */
  ObjectNode find(Request request, String id) {
    return versions.find(request, id);
  }

  private ObjectNode container(
      Request request, ObjectNode store, ObjectNode body, Optional<ObjectNode> old) {
    requireStore(store);
    ResourceNames.check(request.parameter("name"));
    ObjectNode asked = (ObjectNode) body.path("properties");
    asked.remove(List.of("latestVersion", "nextVersion", "provisioningState"));
    return Json.object().set("properties", defaults().setAll(asked));
  }

  private ObjectNode version(
      Request request, ObjectNode store, ObjectNode body, Optional<ObjectNode> old) {
    requireStore(store);
    String name = request.parameter("name");
    ResourceNames.check(name);
    ResourceNames.checkVersion(request.parameter("version"));
    ObjectNode properties = defaults().put("isAnonymous", false).put("stage", "Development");
    properties.setAll((ObjectNode) body.path("properties"));
    JsonNode before = old.map(o -> o.path("properties")).orElse(Json.object());
    old.ifPresent(o -> type.requireUnchanged(name, before, properties));
    content.complete(store, properties, before);
    String id = request.id();
    String container = id.substring(0, id.indexOf("/versions/"));
    if (resources.read(container).isEmpty()) {
      resources.put(
          container, type.type(), request.caller(), Json.object().set("properties", defaults()));
    }
    return Json.object().put("type", type.type() + "/versions").set("properties", properties);
  }

  private static ObjectNode defaults() {
    ObjectNode properties = Json.object().put("isArchived", false);
    properties.put("provisioningState", "Succeeded").putObject("tags");
    properties.putObject("properties");
    return properties;
  }

  /** Features are kept in feature stores alone. */
  static void requireStore(JsonNode workspace) {
    if (!WorkspaceKind.isFeatureStore(workspace)) {
      throw MlErrors.userError(
          400,
          "Workspace %s is no feature store: its kind is %s."
              .formatted(workspace.path("name").asText(), workspace.path("kind").asText()));
    }
  }

  private List<ObjectNode> containers(Request request, List<ObjectNode> all) {
    return all.stream()
        .filter(c -> isWanted(request, c))
        .filter(c -> says(request, "name", c.path("name")))
        .map(this::withVersions)
        .toList();
  }

  private List<ObjectNode> versions(Request request, List<ObjectNode> all) {
    String container = request.id().substring(0, request.id().lastIndexOf('/'));
    if (resources.read(container).isEmpty()) {
      throw notFound(container);
    }
    return all.stream()
        .filter(v -> isWanted(request, v))
        .filter(v -> says(request, "version", v.path("name")))
        .filter(v -> says(request, "versionName", v.path("name")))
        .filter(v -> says(request, "stage", v.at("/properties/stage")))
        .sorted(newestFirst())
        .toList();
  }

  private ApiException notFound(String container) {
    return type.notFound(container);
  }

  private static boolean isWanted(Request request, ObjectNode asset) {
    return Pages.shows(request, asset)
        && AssetVersions.wanted(request, asset.path("properties"))
        && says(request, "createdBy", asset.at("/systemData/createdBy"));
  }

  private static boolean says(Request request, String parameter, JsonNode actual) {
    return request.queryValue(parameter).map(v -> v.equals(actual.asText())).orElse(true);
  }

  private static Comparator<ObjectNode> newestFirst() {
    return Comparator.<ObjectNode, String>comparing(v -> v.at("/systemData/createdAt").asText())
        .thenComparing(v -> v.path("name").asText())
        .reversed();
  }

  /** A container with the newest of its versions, and the number that the next one gets. */
  private ObjectNode withVersions(ObjectNode container) {
    List<ObjectNode> all =
        resources.state().list(container.path("id").asText() + "/versions").stream()
            .sorted(newestFirst())
            .toList();
    ObjectNode properties = container.withObject("properties");
    all.stream().findFirst().ifPresent(v -> properties.set("latestVersion", v.path("name")));
    long highest =
        all.stream()
            .map(v -> v.path("name").asText())
            .filter(v -> v.matches("\\d{1,18}"))
            .mapToLong(Long::parseLong)
            .max()
            .orElse(0);
    return container.set("properties", properties.put("nextVersion", String.valueOf(highest + 1)));
  }

  /** The id of a version in a store. */
  static String id(String store, FeatureAssetType type, String name, String version) {
    return "%s/%s/%s/versions/%s".formatted(store, type.collection(), name, version);
  }

  /** The store that an id lies in. */
  static String store(String id) {
    return MlPaths.workspaceOf(id);
  }
}
