package mlops.emulator.registry;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.GlobalNames;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;
import mlops.emulator.ml.resource.ResourceIdentities;

/** Microsoft.MachineLearningServices/registries. Their names are unique in the tenant. */
final class Registries {
  private static final TrackedType TYPE = new TrackedType(RegistryIds.TYPE);

  private final MlResources resources;
  private final TrackedResources registries;
  private final RegistryDocument document;
  private final ManagedResources managed;
  private final ResourceIdentities identities;
  private final RegistryOperations operations;
  private final DeletedRegistries deleted;
  private final GlobalNames names;

  Registries(
      MlResources resources,
      ManagedResources managed,
      ResourceIdentities identities,
      RegistryOperations operations,
      DeletedRegistries deleted) {
    this.resources = resources;
    this.registries = new TrackedResources(resources.arm(), TYPE);
    this.document = new RegistryDocument(identities);
    this.managed = managed;
    this.identities = identities;
    this.operations = operations;
    this.deleted = deleted;
    this.names = RegistryIds.names(resources.state());
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>(registries.readRoutes(RegistryDocument::shown));
    routes.add(Route.arm("PUT", TYPE.path(), TYPE.write(), this::createOrUpdate));
    routes.add(Route.arm("PATCH", TYPE.path(), TYPE.write(), this::update));
    routes.add(Route.arm("DELETE", TYPE.path(), TYPE.delete(), this::delete));
    routes.add(
        Route.arm("POST", TYPE.path() + "/removeRegions", TYPE.write(), this::removeRegions));
    return routes;
  }

  private Response createOrUpdate(Request request) {
    String id = request.id();
    String name = request.parameter("name");
    return resources
        .state()
        .exclusively(
            () -> {
              resources.arm().requireGroup(id);
              Optional<ObjectNode> existing = resources.read(id);
              ObjectNode asked = registries.requested(request, existing);
              ObjectNode registry = document.of(asked, existing);
              deleted.requireGone(name);
              names.claim(name, id, () -> taken(name));
              registry.set("systemData", resources.systemData(id, request.caller()));
              managed.make(registry);
              registries.write(registry);
              return done(request, registry, Response.empty(202));
            });
  }

  private static ApiException taken(String name) {
    return MlErrors.userError(
        409,
        "Invalid registry request: The registry name '%s' is taken: names of registries are unique in the tenant."
            .formatted(name));
  }

  private Response done(Request request, ObjectNode registry, Response response) {
    return operations.done(
        request, response, registry.path("location").asText(), registry.path("id").asText());
  }

  private Response update(Request request) {
    ObjectNode body = MlRequestBody.withoutNulls(request.json());
    registries.update(request, registry -> document.update(registry, body));
    return Response.json(200, RegistryDocument.shown(request, resources.arm().find(request)));
  }

  /**
   * The group with the storage goes first: a process that dies then leaves a registry that can be
   * deleted again.
   */
  private Response delete(Request request) {
    String id = request.id();
    return resources
        .state()
        .exclusively(
            () -> {
              resources.arm().requireGroup(id);
              Optional<ObjectNode> found = resources.read(id);
              if (found.isEmpty()) {
                return Response.empty(204);
              }
              ObjectNode registry = found.get();
              deleted.add(registry);
              resources
                  .state()
                  .delete(registry.at("/properties/managedResourceGroup/resourceId").asText());
              identities.delete(registry);
              return done(request, registry, Response.empty(202));
            });
  }

  private Response removeRegions(Request request) {
    List<String> gone = RegistryRegions.names(request.json().path("properties"));
    String id = ArmResources.parent(request.id());
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode registry = resources.arm().find(id);
              requireSecondary(registry, gone);
              ArrayNode kept = Json.MAPPER.createArrayNode();
              registry
                  .at("/properties/regionDetails")
                  .forEach(
                      region -> {
                        if (gone.contains(region.path("location").asText())) {
                          managed.delete(region);
                        } else {
                          kept.add(region);
                        }
                      });
              registry.withObject("/properties").set("regionDetails", kept);
              registries.write(registry);
              return done(request, registry, Response.empty(202));
            });
  }

  private static void requireSecondary(ObjectNode registry, List<String> regions) {
    if (regions.contains(registry.path("location").asText())) {
      throw RegistryRegions.invalid("The primary region cannot be removed");
    }
    List<String> there = RegistryRegions.names(registry.path("properties"));
    if (regions.isEmpty() || !there.containsAll(regions)) {
      throw RegistryRegions.invalid(
          "The regions to remove must be some of the registry's: %s"
              .formatted(String.join(", ", there)));
    }
  }
}
