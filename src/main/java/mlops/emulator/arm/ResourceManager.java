package mlops.emulator.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.http.Route;
import mlops.emulator.login.Tokens;
import mlops.emulator.state.StateTree;

/** Azure Resource Manager: every resource type that is not machine learning's own. */
public final class ResourceManager {
  private final ArmResources resources;
  private final RoleAssignments assignments;
  private final Access access;

  public ResourceManager(StateTree state, Tokens tokens, Duration roleDelay, Clock clock) {
    this.resources = new ArmResources(state, clock);
    this.assignments = new RoleAssignments(state, RoleDefinitions.builtIn(), roleDelay, clock);
    this.access = new Access(tokens, assignments);
  }

  public ArmResources resources() {
    return resources;
  }

  public Access access() {
    return access;
  }

  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.addAll(new ResourceGroups(resources.state()).routes());
    return routes;
  }

  /** Makes a subscription that this principal owns, where it is not there yet. */
  public void addSubscription(String subscription, String tenant, String owner) {
    StateTree state = resources.state();
    String id = "/subscriptions/" + subscription;
    if (state.exists(id)) {
      return;
    }
    ObjectNode document = ArmResources.envelope(id, "Microsoft.Resources/subscriptions");
    document.put("subscriptionId", subscription).put("tenantId", tenant);
    document.put("displayName", "Embedded Azure").put("state", "Enabled");
    assignments.addOwner(id, owner);
    state.write(id, document);
  }
}
