package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;
import mlops.emulator.ml.resource.RegistryIds;

/**
 * The assets of registries by the data plane of their region, as az and azure-ai-ml ask for them.
 * Ids are {@code azureml://registries/…} there.
 */
final class DataPlaneAssets {
  private static final String HOST = "{cert}.experiments.azureml.net";
  private static final String FRONT_END = "/mferp/managementfrontend";
  private static final String REGISTRY =
      FRONT_END + new TrackedType(RegistryIds.TYPE).inGroup() + "/{registry}";

  private final MlResources resources;
  private final RegistryAccess access;
  private final RegistryAssets assets;
  private final RegistryUploads uploads;
  private final AssetImports imports;
  private final AssetOperations operations;

  DataPlaneAssets(
      MlResources resources,
      RegistryAccess access,
      RegistryAssets assets,
      RegistryUploads uploads,
      AssetImports imports,
      AssetOperations operations) {
    this.resources = resources;
    this.access = access;
    this.assets = assets;
    this.uploads = uploads;
    this.imports = imports;
    this.operations = operations;
  }

  /**
   * A request that may do what it asks for.
   *
   * @param id the ARM id of what its path names
   */
  private record Admitted(Request request, Caller caller, ObjectNode registry, String id) {}

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (AssetType type : AssetType.ALL) {
      String all = "/" + type.collection();
      String one = all + "/{name}";
      String version = one + "/versions/{version}";
      routes.add(route("GET", all, "read", this::list));
      routes.add(route("GET", one, "read", a -> shown(assets.findContainer(a.id()))));
      routes.add(route("PUT", one, "write", a -> putContainer(type, a)));
      routes.add(route("GET", one + "/versions", "read", this::listVersions));
      routes.add(route("GET", version, "read", a -> shown(assets.find(a.id()))));
      routes.add(route("PUT", version, "write", a -> put(type, a)));
    }
    String version = "/{name}/versions/{version}";
    routes.add(route("PUT", "/tempdatarefs" + version, "write", this::startUpload));
    routes.add(route("POST", "/datarefs" + version, "read", this::reference));
    routes.add(route("POST", "/import", "write", this::startImport));
    return routes;
  }

  private Route route(
      String method, String path, String right, Function<Admitted, Response> handler) {
    return Route.of(
        method,
        HOST,
        REGISTRY + path,
        Permission.byHandler(),
        request -> handler.apply(admit(request, right)));
  }

  private Admitted admit(Request request, String right) {
    String name = request.parameter("registry");
    request.parameters().values().forEach(DataPlaneAssets::requireName);
    String path = request.id().substring(FRONT_END.length());
    Optional<ObjectNode> registry = resources.read(RegistryIds.registryOf(path));
    Optional<String> id = registry.map(r -> r.path("id").asText());
    Caller caller = access.require(request, name, id, right);
    requireRegion(request, registry.orElseThrow());
    String below = path.substring(RegistryIds.registryOf(path).length());
    return new Admitted(request, caller, registry.get(), id.orElseThrow() + below);
  }

  /** An encoded slash or a control character can stand in a path, but in no name. */
  private static void requireName(String value) {
    if (value.chars().anyMatch(c -> c == '/' || Character.isISOControl(c))) {
      throw MlErrors.userError(
          400, "'%s' is no name.".formatted(value.replaceAll("\\p{Cntrl}", "?")));
    }
  }

  /** A registry is asked in one of its regions. */
  private static void requireRegion(Request request, JsonNode registry) {
    String region = request.parameter("cert").replaceFirst("^cert-", "");
    List<String> regions = RegistryRegions.names(registry.path("properties"));
    if (!regions.contains(region)) {
      throw MlErrors.userError(
          400,
          "The registry %s is not in region '%s': its regions are %s."
              .formatted(registry.path("name").asText(), region, String.join(", ", regions)));
    }
  }

  private static Response shown(ObjectNode document) {
    return Response.json(200, view(document));
  }

  /** A document as this API shows it; the version of a model is called as the model. */
  private static ObjectNode view(ObjectNode document) {
    String id = document.path("id").asText();
    String[] parts = RegistryIds.assetId(id).split("/");
    document.put("id", RegistryIds.assetId(id));
    ObjectNode properties = document.withObject("/properties");
    properties.putIfAbsent("description", NullNode.getInstance());
    properties.putIfAbsent("properties", NullNode.getInstance());
    if (parts[4].equals("models")) {
      document.put("name", parts[5]);
      if (parts.length > 6) {
        properties.putIfAbsent("jobName", NullNode.getInstance());
      }
    }
    if (!parts[4].equals("components")) {
      document.put("type", parts[4]);
    }
    return document;
  }

  private Response list(Admitted asked) {
    return page(asked, assets.containers(asked.request(), asked.id()));
  }

  private Response listVersions(Admitted asked) {
    return page(asked, assets.versions(asked.request(), asked.id()));
  }

  private static Response page(Admitted asked, List<ObjectNode> documents) {
    return Pages.of(asked.request(), documents.stream().map(DataPlaneAssets::view).toList());
  }

  private Response putContainer(AssetType type, Admitted asked) {
    ObjectNode properties = MlRequestBody.properties(asked.request());
    requireArchiving(asked, properties);
    return shown(assets.putContainer(type, asked.id(), asked.caller(), properties).document());
  }

  private Response put(AssetType type, Admitted asked) {
    ObjectNode properties = MlRequestBody.properties(asked.request());
    requireArchiving(asked, properties);
    assets.put(type, asked.id(), asked.caller(), properties);
    return operations.made(
        asked.registry().path("location").asText(), RegistryIds.assetId(asked.id()));
  }

  /** To archive is to delete, as far as rights go. */
  private void requireArchiving(Admitted asked, JsonNode properties) {
    boolean archived =
        assets.read(asked.id()).map(a -> a.at("/properties/isArchived").asBoolean()).orElse(true);
    if (properties.path("isArchived").asBoolean() && !archived) {
      access.requireRight(asked.caller(), asked.registry().path("id").asText(), "delete");
    }
  }

  private Response startUpload(Admitted asked) {
    String assetId = asked.request().json().path("assetId").asText();
    ObjectNode reference =
        uploads.start(asked.registry(), uploads.requireId(asked.registry(), assetId));
    ObjectNode answer = Json.object();
    answer.set("blobReferenceForConsumption", withPort(reference));
    answer.putNull("imageReferenceForConsumption");
    answer.put("temporaryDataReferenceId", UUID.randomUUID().toString());
    return Response.json(200, answer.putNull("temporaryDataReferenceType"));
  }

  /** Azure names the port here, and clients send it back in the address of the model. */
  private static ObjectNode withPort(ObjectNode reference) {
    String host = ".blob.core.windows.net/";
    String port = ".blob.core.windows.net:443/";
    reference.put("blobUri", reference.path("blobUri").asText().replace(host, port));
    ObjectNode credential = reference.withObject("/credential");
    credential.put("sasUri", credential.path("sasUri").asText().replace(host, port));
    credential.putNull("wasbsUri");
    return reference;
  }

  private Response reference(Admitted asked) {
    ObjectNode reference = uploads.reading(asked.registry(), asked.request().json());
    reference.withObject("/credential").putNull("wasbsUri");
    ObjectNode answer = Json.object();
    return Response.json(200, answer.set("blobReferenceForConsumption", reference));
  }

  private Response startImport(Admitted asked) {
    JsonNode properties = asked.request().json().path("properties");
    if (!properties.path("referenceType").asText().equals("Id")) {
      throw MlErrors.userError(400, "The referenceType of an import must be Id.");
    }
    return imports.start(asked.registry(), asked.caller(), properties);
  }
}
