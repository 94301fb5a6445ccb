package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ResourceFilter;
import mlops.emulator.arm.resource.ResourceInventory;
import mlops.emulator.arm.resource.TrackedType;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/** The lists of all resources of a subscription or of a group, whatever their type. */
final class GenericResources {
  private static final String READ = "Microsoft.Resources/subscriptions/resources/read";
  private static final List<String> SHOWN =
      List.of(
          "id",
          "name",
          "type",
          "location",
          "kind",
          "managedBy",
          "sku",
          "plan",
          "identity",
          "tags",
          "zones");

  private final ArmResources resources;
  private final ResourceInventory inventory;

  GenericResources(ArmResources resources, ResourceInventory inventory) {
    this.resources = resources;
    this.inventory = inventory;
  }

  List<Route> routes() {
    return List.of(
        Route.arm(
            "GET",
            "/subscriptions/{subscription}/resources",
            READ,
            r ->
                list(r, inventory.inSubscription("/subscriptions/" + r.parameter("subscription")))),
        Route.arm(
            "GET",
            TrackedType.GROUP + "/resources",
            "Microsoft.Resources/subscriptions/resourceGroups/resources/read",
            this::inGroup));
  }

  private Response inGroup(Request request) {
    resources.requireGroup(request.id());
    return list(
        request,
        inventory.inGroup(
            request.id().substring(0, request.id().length() - "/resources".length())));
  }

  private static Response list(Request request, List<ObjectNode> all) {
    Optional<ResourceFilter> filter = ResourceFilter.of(request);
    String expand = request.queryValue("$expand").orElse("");
    return ArmResources.page(
        request,
        all.stream()
            .filter(r -> filter.isEmpty() || filter.get().passes(r))
            .map(r -> shown(r, expand))
            .toList());
  }

  private static ObjectNode shown(ObjectNode resource, String expand) {
    ObjectNode shown = Json.object();
    for (String field : SHOWN) {
      if (resource.hasNonNull(field)) {
        shown.set(field, resource.get(field));
      }
    }
    ObjectNode properties = resource.withObject("/properties");
    if (expand.contains("provisioningState")) {
      shown.put("provisioningState", properties.path("provisioningState").asText("Succeeded"));
    }
    String created =
        resource
            .at("/systemData/createdAt")
            .asText(
                properties.path("creationTime").asText(properties.path("createdDate").asText()));
    if (expand.contains("createdTime") && !created.isEmpty()) {
      shown.put("createdTime", created);
    }
    String changed = resource.at("/systemData/lastModifiedAt").asText(created);
    if (expand.contains("changedTime") && !changed.isEmpty()) {
      shown.put("changedTime", changed);
    }
    return shown;
  }
}
