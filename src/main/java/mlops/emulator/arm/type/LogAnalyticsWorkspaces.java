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
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * Microsoft.OperationalInsights/workspaces: Log Analytics, as something that exists. One that was
 * deleted comes back where it is made again in time.
 */
public final class LogAnalyticsWorkspaces {
  private static final TrackedType TYPE =
      new TrackedType("Microsoft.OperationalInsights/workspaces");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]");

  private final ArmResources resources;
  private final TrackedResources workspaces;
  private final DeletedLogWorkspaces deleted;
  private final AccountKeys keys;

  public LogAnalyticsWorkspaces(ArmResources resources) {
    this.resources = resources;
    this.workspaces = new TrackedResources(resources, TYPE);
    this.deleted = new DeletedLogWorkspaces(resources);
    this.keys = new AccountKeys(resources);
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(workspaces.readRoutes());
    routes.add(Route.arm("PUT", TYPE.path(), TYPE.write(), this::createOrUpdate));
    routes.add(Route.arm("PATCH", TYPE.path(), TYPE.write(), r -> workspaces.update(r, r.json())));
    routes.add(Route.arm("DELETE", TYPE.path(), TYPE.delete(), this::delete));
    routes.add(
        Route.arm(
            "POST", TYPE.path() + "/sharedKeys", TYPE.action("sharedkeys"), this::sharedKeys));
    routes.addAll(deleted.routes());
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
              Optional<ObjectNode> before = existing.or(() -> deleted.find(request.id()));
              ObjectNode workspace = workspaces.requested(request, before);
              fill(workspace.withObject("/properties"), before);
              workspaces.write(workspace);
              deleted.forget(request.id());
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
    int retention = properties.path("retentionInDays").asInt();
    properties.put("retentionInDays", retention > 0 ? retention : 30);
    ObjectNode features = properties.withObject("/features");
    String byResource = "enableLogAccessUsingOnlyResourcePermissions";
    features.put(byResource, features.path(byResource).asBoolean(true));
    features.put("disableLocalAuth", features.path("disableLocalAuth").asBoolean());
    ObjectNode capping = properties.withObject("/workspaceCapping");
    capping.put("dailyQuotaGb", capping.path("dailyQuotaGb").asDouble(-1));
    for (String access :
        List.of("publicNetworkAccessForIngestion", "publicNetworkAccessForQuery")) {
      properties.put(access, properties.path(access).asText("Enabled"));
    }
  }

  private Response delete(Request request) {
    boolean force = request.queryValue("force").orElse("").equalsIgnoreCase("true");
    return workspaces.delete(
        request,
        workspace -> {
          if (force) {
            resources.state().delete(request.id());
          } else {
            softDelete(workspace);
          }
        });
  }

  /** Deletes a workspace so that it can be made again; inside {@code exclusively}. */
  public void softDelete(ObjectNode workspace) {
    deleted.keep(workspace);
    resources.state().delete(workspace.path("id").asText());
  }

  private Response sharedKeys(Request request) {
    String id = ArmResources.parent(request.id());
    resources.find(id);
    List<String> both = keys.of(id);
    return Response.json(
        200,
        Json.object().put("primarySharedKey", both.get(0)).put("secondarySharedKey", both.get(1)));
  }
}
