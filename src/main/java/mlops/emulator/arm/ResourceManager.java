package mlops.emulator.arm;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mlops.emulator.arm.lock.LockRoutes;
import mlops.emulator.arm.lock.Locks;
import mlops.emulator.arm.lock.ManagedGroups;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.arm.resource.ProviderCatalog;
import mlops.emulator.arm.resource.Providers;
import mlops.emulator.arm.resource.Regions;
import mlops.emulator.arm.resource.ReservedWords;
import mlops.emulator.arm.resource.ResourceInventory;
import mlops.emulator.arm.role.CustomRoles;
import mlops.emulator.arm.role.EffectivePermissions;
import mlops.emulator.arm.role.RequestCheck;
import mlops.emulator.arm.role.RoleAssignmentRoutes;
import mlops.emulator.arm.role.RoleAssignments;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.arm.role.RoleDefinitionRoutes;
import mlops.emulator.arm.role.RoleDefinitions;
import mlops.emulator.arm.role.RoleDelay;
import mlops.emulator.arm.role.RoleHolders;
import mlops.emulator.arm.tag.ScopeTags;
import mlops.emulator.arm.tag.TagNames;
import mlops.emulator.arm.type.ContainerRegistries;
import mlops.emulator.arm.type.DeletedVaults;
import mlops.emulator.arm.type.FederatedIdentityCredentials;
import mlops.emulator.arm.type.InsightsComponents;
import mlops.emulator.arm.type.KeyVaults;
import mlops.emulator.arm.type.LogAnalyticsWorkspaces;
import mlops.emulator.arm.type.ManagedHsms;
import mlops.emulator.arm.type.ManagedIdentities;
import mlops.emulator.arm.type.SoftDeletedVaults;
import mlops.emulator.arm.type.StorageAccounts;
import mlops.emulator.arm.type.StorageServices;
import mlops.emulator.arm.type.VaultAccessPolicies;
import mlops.emulator.http.Route;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.DirectoryLinks;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.state.StateTree;

/** Azure Resource Manager: every resource type that is not machine learning's own. */
public final class ResourceManager {
  private final ProviderCatalog catalog;
  private final ArmResources resources;
  private final ResourceInventory inventory;
  private final RoleBasedAccess access;
  private final Providers providers;
  private final RoleAssignments assignments;
  private final StorageAccounts storageAccounts;
  private final KeyVaults keyVaults;
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
      RoleDelay roleDelay,
      Clock clock) {
    this.catalog = ProviderCatalog.read();
    RoleDefinitions definitions = new RoleDefinitions(state);
    this.resources = new ArmResources(state, clock);
    this.inventory = new ResourceInventory(state, catalog);
    this.assignments =
        new RoleAssignments(
            state,
            inventory,
            definitions,
            new RoleHolders(sharesRolesOf, DirectoryLinks.members(state)),
            roleDelay,
            clock);
    this.providers = new Providers(state, catalog);
    Locks locks = new Locks(state);
    ReservedWords words = new ReservedWords(catalog);
    RequestCheck check = new RequestCheck(locks, providers, words, new ManagedGroups(state));
    this.access = new RoleBasedAccess(tokens, assignments, check);
    this.storageAccounts = new StorageAccounts(resources);
    this.keyVaults = new KeyVaults(resources);
    this.subscriptions = new Subscriptions(state, assignments, providers, tenant);
    routes.addAll(subscriptions.routes());
    routes.addAll(providers.routes());
    routes.addAll(words.routes());
    routes.addAll(new GenericResources(resources, inventory).routes());
    ArmScopes scopes = new ArmScopes(resources);
    routes.addAll(new LockRoutes(resources, scopes, locks).routes());
    routes.addAll(new ScopeTags(resources, scopes).routes());
    routes.addAll(new TagNames(state, inventory).routes());
    addRoles(definitions, scopes, directory, tenant);
    addResourceTypes(directory, tenant);
  }

  private void addRoles(
      RoleDefinitions definitions, ArmScopes scopes, Directory directory, String tenant) {
    routes.addAll(new RoleDefinitionRoutes(definitions).routes());
    routes.addAll(new CustomRoles(resources, definitions, assignments, scopes).routes());
    routes.addAll(new EffectivePermissions(assignments, scopes).routes());
    routes.addAll(new RoleAssignmentRoutes(assignments, scopes, directory, tenant).routes());
  }

  private void addResourceTypes(Directory directory, String tenant) {
    LogAnalyticsWorkspaces logs = new LogAnalyticsWorkspaces(resources);
    SoftDeletedVaults deletedVaults = keyVaults.deleted();
    ResourceGroupCleanup cleanup =
        new ResourceGroupCleanup(resources.state(), directory, deletedVaults, logs);
    routes.addAll(Regions.routes());
    routes.addAll(new ResourceGroups(resources.state(), inventory, cleanup).routes());
    routes.addAll(storageAccounts.routes());
    routes.addAll(new ContainerRegistries(resources).routes());
    routes.addAll(new StorageServices(resources).routes());
    routes.addAll(new ManagedIdentities(resources, directory, tenant).routes());
    routes.addAll(new FederatedIdentityCredentials(resources).routes());
    routes.addAll(keyVaults.routes());
    routes.addAll(new VaultAccessPolicies(resources).routes());
    routes.addAll(new ManagedHsms().routes());
    routes.addAll(new DeletedVaults(resources, deletedVaults).routes());
    routes.addAll(logs.routes());
    routes.addAll(new InsightsComponents(resources, tenant).routes());
  }

  public ArmResources resources() {
    return resources;
  }

  public RoleBasedAccess access() {
    return access;
  }

  /** Storage accounts by name, for their data plane. */
  public StorageAccounts storageAccounts() {
    return storageAccounts;
  }

  /** Key vaults by name, for their data plane. */
  public KeyVaults keyVaults() {
    return keyVaults;
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  /** Gives a role (by GUID) to a managed identity, as services of Azure do for their own. */
  public void assignRole(String scope, String role, String objectId) {
    assignments.grant(scope, role, objectId);
  }

  /** The newest api-version of a resource type. */
  public Optional<String> apiVersion(String type) {
    return catalog.apiVersion(type);
  }

  /** All resources of groups and subscriptions. */
  public ResourceInventory inventory() {
    return inventory;
  }

  /** Registers a subscription for a resource provider, as deploying a template does. */
  public void registerProvider(String subscription, String namespace) {
    providers.register(subscription, namespace);
  }

  /**
   * Makes a subscription that this principal owns, where it is not there yet.
   *
   * @param registered whether it is registered for the resource providers that need it
   */
  public void addSubscription(String subscription, String owner, boolean registered) {
    subscriptions.add(subscription, owner, registered);
  }
}
