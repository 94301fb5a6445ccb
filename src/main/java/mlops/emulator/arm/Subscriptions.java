package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.Providers;
import mlops.emulator.arm.role.RoleAssignments;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.state.StateTree;

/**
 * The cloud, subscriptions and the tenant. A principal sees the subscriptions in which it holds a
 * role.
 */
final class Subscriptions {
  private static final String COLLECTION = "/subscriptions";
  private static final String READ = "Microsoft.Resources/subscriptions/read";

  private final StateTree state;
  private final RoleAssignments assignments;
  private final Providers providers;
  private final String tenant;

  Subscriptions(StateTree state, RoleAssignments assignments, Providers providers, String tenant) {
    this.state = state;
    this.assignments = assignments;
    this.providers = providers;
    this.tenant = tenant;
  }

  List<Route> routes() {
    Permission signedIn = Permission.signedIn(Audiences.ARM);
    return List.of(
        new CloudMetadata().route(),
        Route.of("GET", Route.ARM, COLLECTION, signedIn, this::list),
        Route.arm("GET", COLLECTION + "/{subscription}", READ, this::get),
        Route.of("GET", Route.ARM, "/tenants", signedIn, this::tenants));
  }

  /**
   * Makes a subscription that this principal owns, where it is not there yet.
   *
   * @param registered whether it is registered for the resource providers that need it
   */
  void add(String subscription, String owner, boolean registered) {
    String id = COLLECTION + "/" + subscription;
    state.exclusively(
        () -> {
          if (!state.exists(id)) {
            ObjectNode document =
                Json.object().put("id", id).put("type", READ.replace("/read", ""));
            document.put("subscriptionId", subscription).put("tenantId", tenant);
            document.put("displayName", "Embedded Azure").put("state", "Enabled");
            document.put("authorizationSource", "RoleBased").putArray("managedByTenants");
            document
                .putObject("subscriptionPolicies")
                .put("locationPlacementId", "Public_2014-09-01")
                .put("quotaId", "PayAsYouGo_2014-09-01")
                .put("spendingLimit", "Off");
            assignments.addOwner(id, owner);
            if (!registered) {
              providers.unregisterAll(subscription);
            }
            state.write(id, document);
          }
          return id;
        });
  }

  private Response list(Request request) {
    String caller = request.caller().objectId();
    return ArmResources.page(
        state.list(COLLECTION).stream()
            .filter(s -> assignments.holdsAny(caller, s.path("id").asText()))
            .map(Subscriptions::shown)
            .toList());
  }

  private Response get(Request request) {
    String name = request.parameter("subscription");
    return Response.json(
        200,
        state
            .read(request.id())
            .map(Subscriptions::shown)
            .orElseThrow(
                () ->
                    ApiException.notFound(
                        "SubscriptionNotFound",
                        "The subscription '%s' could not be found.".formatted(name))));
  }

  /** A subscription document as the API shows it, which has neither a name nor a type. */
  private static ObjectNode shown(ObjectNode document) {
    document.remove(List.of("name", "type"));
    return document;
  }

  private Response tenants(Request request) {
    ObjectNode document = Json.object();
    document.put("id", "/tenants/" + tenant).put("tenantId", tenant);
    document.put("tenantCategory", "Home").put("displayName", "Embedded Azure");
    document.put("countryCode", "US").put("defaultDomain", "mlops.onmicrosoft.com");
    document.put("tenantType", "AAD").putArray("domains").add("mlops.onmicrosoft.com");
    return ArmResources.page(List.of(document));
  }
}
