package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.Route;

/**
 * Microsoft.KeyVault/managedHSMs: none can be made here, so az, which lists them, is shown none.
 */
public final class ManagedHsms {
  private static final String PROVIDER =
      "/subscriptions/{subscription}/providers/Microsoft.KeyVault/";

  public List<Route> routes() {
    return List.of(empty("managedHSMs"), empty("deletedManagedHSMs"));
  }

  private static Route empty(String type) {
    List<ObjectNode> none = List.of();
    return Route.arm(
        "GET",
        PROVIDER + type,
        "Microsoft.KeyVault/" + type + "/read",
        request -> ArmResources.page(none));
  }
}
