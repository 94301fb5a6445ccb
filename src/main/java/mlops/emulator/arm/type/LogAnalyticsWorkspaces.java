package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.TrackedResources;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** Microsoft.OperationalInsights/workspaces: Log Analytics, as something that exists. */
public final class LogAnalyticsWorkspaces {
  private static final TrackedType TYPE =
      new TrackedType("Microsoft.OperationalInsights/workspaces");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]");

  private final ArmResources resources;
  private final TrackedResources workspaces;

  public LogAnalyticsWorkspaces(ArmResources resources) {
    this.resources = resources;
    this.workspaces = new TrackedResources(resources, TYPE);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(workspaces.readRoutes());
    routes.add(Route.arm("PUT", TYPE.path(), TYPE.write(), this::createOrUpdate));
    routes.add(Route.arm("PATCH", TYPE.path(), TYPE.write(), r -> workspaces.update(r, r.json())));
    routes.add(Route.arm("DELETE", TYPE.path(), TYPE.delete(), workspaces::delete));
    return routes;
  }

  private Response createOrUpdate(Request request) {
    if (!NAME.matcher(request.parameter("name")).matches()) {
      throw ApiException.badRequest(
          "InvalidResourceName",
          "Workspace name '%s' is invalid. It has 4 to 63 letters, digits and '-', and '-' neither first nor last."
              .formatted(request.parameter("name")));
    }
    return resources
        .state()
        .exclusively(
            () -> {
              resources.requireGroup(request.id());
              Optional<ObjectNode> existing = resources.state().read(request.id());
              ObjectNode workspace = workspaces.requested(request, existing);
              fill(workspace.withObject("/properties"), existing);
              workspaces.write(workspace);
              return Response.json(existing.isEmpty() ? 201 : 200, workspace);
            });
  }

  private void fill(ObjectNode properties, Optional<ObjectNode> existing) {
    String now = resources.clock().instant().toString();
    String id = existing.map(e -> e.at("/properties/customerId").asText()).orElse("");
    String created = existing.map(e -> e.at("/properties/createdDate").asText()).orElse(now);
    properties.put("customerId", id.isEmpty() ? UUID.randomUUID().toString() : id);
    properties.put("provisioningState", "Succeeded");
    properties.put("createdDate", created).put("modifiedDate", now);
    ObjectNode sku = properties.withObject("/sku");
    sku.put("name", sku.path("name").asText("PerGB2018"));
    properties.put("retentionInDays", properties.path("retentionInDays").asInt(30));
    for (String access :
        List.of("publicNetworkAccessForIngestion", "publicNetworkAccessForQuery")) {
      properties.put(access, properties.path(access).asText("Enabled"));
    }
  }
}
