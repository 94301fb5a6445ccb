package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;

/**
 * Microsoft.ManagedIdentity/userAssignedIdentities. Each has a service principal in the directory.
 */
public final class ManagedIdentities {
  static final TrackedType TYPE =
      new TrackedType("Microsoft.ManagedIdentity/userAssignedIdentities");
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]{2,127}");

  private final ArmResources resources;
  private final TrackedResources identities;
  private final Directory directory;
  private final String tenant;

  public ManagedIdentities(ArmResources resources, Directory directory, String tenant) {
    this.resources = resources;
    this.identities = new TrackedResources(resources, TYPE);
    this.directory = directory;
    this.tenant = tenant;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(identities.readRoutes());
    routes.add(Route.arm("PUT", TYPE.path(), TYPE.write(), this::createOrUpdate));
    routes.add(Route.arm("PATCH", TYPE.path(), TYPE.write(), this::update));
    routes.add(
        Route.arm("DELETE", TYPE.path(), TYPE.delete(), r -> identities.delete(r, this::remove)));
    return routes;
  }

  private Response createOrUpdate(Request request) {
    String name = request.parameter("name");
    if (!NAME.matcher(name).matches()) {
      throw ApiException.badRequest(
          "InvalidResourceName",
          "Resource name '%s' is invalid. The name of a user assigned identity has 3 to 128 letters, digits, '-' and '_' and starts with a letter or digit."
              .formatted(name));
    }
    return resources
        .state()
        .exclusively(
            () -> {
              resources.requireGroup(request.id());
              Optional<ObjectNode> existing = resources.state().read(request.id());
              ObjectNode identity = identities.requested(request, existing);
              ObjectNode properties = identity.withObject("/properties");
              existing.ifPresentOrElse(
                  e -> identity.set("properties", e.get("properties")),
                  () -> fill(properties, directory.managedIdentity(name, request.id())));
              identities.write(identity);
              return Response.json(existing.isEmpty() ? 201 : 200, identity);
            });
  }

  private void fill(ObjectNode properties, Principal principal) {
    properties.put("tenantId", tenant);
    properties.put("principalId", principal.objectId());
    properties.put("clientId", principal.appId());
  }

  private Response update(Request request) {
    ObjectNode body = request.json();
    body.remove("properties");
    return identities.update(request, body);
  }

  /**
   * Deletes an identity, then its service principal: one without it could never be given a role.
   */
  private void remove(ObjectNode identity) {
    resources.state().delete(identity.path("id").asText());
    directory.remove(identity.at("/properties/principalId").asText());
  }
}
