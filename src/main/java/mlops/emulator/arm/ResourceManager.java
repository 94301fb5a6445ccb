package mlops.emulator.arm;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import mlops.emulator.http.Route;
import mlops.emulator.login.Directory;
import mlops.emulator.login.Tokens;
import mlops.emulator.state.StateTree;

/** Azure Resource Manager: every resource type that is not machine learning's own. */
public final class ResourceManager {
  private final ArmResources resources;
  private final Inventory inventory;
  private final Access access;
  private final Providers providers;
  private final RoleAssignments assignments;
  private final StorageAccounts storageAccounts;
  private final Subscriptions subscriptions;
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param sharesRolesOf from an object id to that of the principal whose roles it has beside its
   *     own; to itself where there is none
   * @param roleDelay how long a new role assignment takes until the data plane honours it
   */
  public ResourceManager(
      StateTree state,
      Directory directory,
      Tokens tokens,
      String tenant,
      UnaryOperator<String> sharesRolesOf,
      Duration roleDelay,
      Clock clock) {
    ProviderCatalog catalog = ProviderCatalog.read();
    RoleDefinitions definitions = RoleDefinitions.builtIn();
    this.resources = new ArmResources(state, clock);
    this.inventory = new Inventory(state, catalog);
    this.assignments =
        new RoleAssignments(state, inventory, definitions, sharesRolesOf, roleDelay, clock);
    this.providers = new Providers(state, catalog);
    this.access = new Access(tokens, assignments, providers);
    this.storageAccounts = new StorageAccounts(resources);
    this.subscriptions = new Subscriptions(state, assignments, tenant);
    routes.addAll(subscriptions.routes());
    routes.addAll(Locations.routes());
    routes.addAll(providers.routes());
    routes.addAll(new GenericResources(resources, inventory).routes());
    routes.addAll(definitions.routes());
    routes.addAll(
        new RoleAssignmentRoutes(assignments, new Scopes(resources), directory, tenant).routes());
    addResourceTypes(directory, tenant);
  }

  private void addResourceTypes(Directory directory, String tenant) {
    KeyVaults vaults = new KeyVaults(resources);
    Leavings leavings = new Leavings(directory, vaults);
    routes.addAll(new ResourceGroups(resources.state(), inventory, leavings).routes());
    routes.addAll(storageAccounts.routes());
    routes.addAll(new Identities(resources, directory, tenant).routes());
    routes.addAll(new IdentityCredentials(resources).routes());
    routes.addAll(vaults.routes());
    routes.addAll(new DeletedVaults(resources.state()).routes());
    routes.addAll(new LogWorkspaces(resources).routes());
    routes.addAll(new InsightsComponents(resources, tenant).routes());
  }

  public ArmResources resources() {
    return resources;
  }

  public Access access() {
    return access;
  }

  /** Storage accounts by name, for their data plane. */
  public StorageAccounts storageAccounts() {
    return storageAccounts;
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Gives a role (by GUID) to a managed identity, as services of Azure do for their own. */
  public void assignRole(String scope, String role, String objectId) {
    assignments.grant(scope, role, objectId);
  }

  /** All resources of groups and subscriptions. */
  public Inventory inventory() {
    return inventory;
  }

  /** Registers a subscription for a resource provider, as deploying a template does. */
  public void registerProvider(String subscription, String namespace) {
    providers.register(subscription, namespace);
  }

  /** Makes a subscription that this principal owns, where it is not there yet. */
  public void addSubscription(String subscription, String owner) {
    subscriptions.add(subscription, owner);
  }
}
