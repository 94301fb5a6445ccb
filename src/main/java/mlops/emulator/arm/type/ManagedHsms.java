package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.Route;

/**
 * Microsoft.KeyVault/managedHSMs: none can be made here, so az, which lists them, is shown none.
 */
public final class ManagedHsms {
  private static final String SUBSCRIPTION = "/subscriptions/{subscription}";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/{group}";

  public List<Route> routes() {
    return List.of(
        empty(SUBSCRIPTION, "managedHSMs"),
        empty(GROUP, "managedHSMs"),
        empty(SUBSCRIPTION, "deletedManagedHSMs"));
  }

  private static Route empty(String scope, String type) {
    List<ObjectNode> none = List.of();
    return Route.arm(
        "GET",
        scope + "/providers/Microsoft.KeyVault/" + type,
        "Microsoft.KeyVault/" + type + "/read",
        request -> ArmResources.page(none));
  }
}
