package mlops.emulator.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;

/** Where a registry is, by its name alone: clients ask eastus, whatever its region. */
final class RegistryDiscovery {
  private static final String PATH = "/registrymanagement/v1.0/registries/{registry}/discovery";

  private final MlResources resources;
  private final RegistryAccess access;
  private final DeletedRegistries deleted;

  RegistryDiscovery(MlResources resources, RegistryAccess access, DeletedRegistries deleted) {
    this.resources = resources;
    this.access = access;
    this.deleted = deleted;
  }

  List<Route> routes() {
    return List.of(Route.of("GET", MlPaths.API_HOST, PATH, Permission.byHandler(), this::discover));
  }

  private Response discover(Request request) {
    String name = request.parameter("registry");
    Optional<ObjectNode> registry =
        RegistryIds.names(resources.state())
            .find(name)
            .flatMap(resources::read)
            .or(() -> deleted.find(name));
    if (registry.isEmpty() && RegistryIds.isMicrosofts(name)) {
      access.requireSignedIn(request);
      throw ApiException.notImplemented(
          "The embedded Azure does not have Microsoft's registry '%s'.".formatted(name));
    }
    access.requireVisible(request, name, registry.map(r -> r.path("id").asText()));
    return Response.json(200, document(registry.orElseThrow()));
  }

  private ObjectNode document(ObjectNode registry) {
    String[] id = registry.path("id").asText().split("/");
    String guid = RegistryDocument.guid(registry);
    String primary = registry.path("location").asText();
    ObjectNode found = Json.object().put("registryId", guid);
    found.put("registryName", registry.path("name").asText());
    found.put("tenantId", registry.at("/identity/tenantId").asText()).put("primaryRegion", primary);
    ObjectNode hosts = Json.object();
    for (String region : RegistryRegions.names(registry.path("properties"))) {
      found.withArray("/regions").add(region);
      String host = "https://%s.registry.%s.privatelink.api.azureml.ms".formatted(guid, region);
      hosts.putObject(region).put("uri", host);
    }
    found.put("subscriptionId", id[2]).put("resourceGroup", id[4]).putNull("workspaceName");
    found.put(
        "primaryRegionResourceProviderUri",
        "https://cert-%s.experiments.azureml.net/".formatted(primary));
    found.set("registryFqdns", hosts);
    JsonNode publisher = registry.at("/properties/intellectualPropertyPublisher");
    return found.set("intellectualPropertyPublisher", publisher.isMissingNode() ? null : publisher);
  }
}
