package mlops.steps.destroy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Registry;
import mlops.azure.ml.Workspace;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.bootstrap.DerivedIds;
import mlops.steps.destroy.DeleteContainersStep.Account;
import mlops.steps.features.DefinedStore;
import mlops.steps.github.disconnect.Disconnect;

/** The recipes of {@code mlops destroy}: the Azure of the profile, or parts of it, go. */
public final class Destroy {
  private static final String NAME = "destroy";
  private static final String DATA = "delete.data";
  private static final String DATA_ROLES = "delete.roles.storage";
  private static final String REGISTRY = "delete.registry";
  private static final String ACCOUNT = "delete.storage-account";
  private static final String IDENTITY = "delete.identity";
  private static final String IDENTITY_API = "2023-01-31";

  private final Azure azure;
  private final Profile profile;
  private final DestroyOptions options;
  private final KeptResources kept;
  private final EnvironmentSteps environments;
  private final Account account;
  private final Optional<DefinedStore> store;
  private final Recipe.Builder recipe = Recipe.named(NAME);

  public Destroy(Azure azure, Profile profile, DestroyOptions options) {
    this.azure = azure;
    this.profile = profile;
    this.options = options;
    List<Profile.Environment> all = profile.environments();
    String ml = profile.resourceGroups().ml();
    this.store = DefinedStore.of(profile);
    this.kept =
        new KeptResources(
            azure,
            ml,
            Stream.concat(
                    all.stream().map(Profile.Environment::workspace),
                    store.map(DefinedStore::workspace).stream())
                .toList());
    this.environments = new EnvironmentSteps(azure, profile, options.purge(), kept);
    String storage = profile.resourceGroups().storage();
    String name = profile.storageAccount();
    this.account =
        new Account(
            storage,
            name,
            ArmIds.resource(azure, storage, "Microsoft.Storage/storageAccounts", name));
  }

  /** All of it goes. */
  public Recipe all() {
    azure.prepare();
    List<String> parts = new ArrayList<>();
    List<String> workspaces = new ArrayList<>();
    store.ifPresent(s -> workspaces.add(environments.addStoreTo(recipe, s.workspace())));
    List<String> users = List.copyOf(workspaces);
    for (Profile.Environment environment : profile.environments()) {
      parts.addAll(environments.addTo(recipe, environment, users));
      workspaces.add("delete.workspace." + environment.name());
    }
    List<String> gitHub = gitHub(profile.environments(), true);
    String[] after = workspaces.toArray(String[]::new);
    registry(after).ifPresent(parts::add);
    data(after);
    recipe
        .step(
            ACCOUNT, resource("storage account " + account.name(), account.id()), DATA, DATA_ROLES)
        .step(IDENTITY, resource("managed identity " + profile.identity(), identityId()), after);
    parts.add(IDENTITY);
    parts.addAll(gitHub);
    groups(parts);
    return LookAgainStep.in(recipe.build());
  }

  /** One environment goes, with its data; what all environments share stays. */
  public Recipe environment(Profile.Environment environment) {
    Workspace workspace = environments.workspace(environment);
    recipe.step(
        "delete.roles." + environment.name(),
        new DeleteRolesStep(
            azure,
            account.id(),
            DerivedIds.STORAGE_API,
            () -> workspace.find().map(w -> w.at("/identity/principalId").asText())));
    environments.addTo(recipe, environment, List.of());
    gitHub(List.of(environment), false);
    recipe.step(
        DATA,
        new DeleteContainersStep(azure, account, List.of(environment.blobs().container()), kept),
        "delete.workspace." + environment.name());
    return LookAgainStep.in(recipe.build());
  }

  /** The endpoint of a target goes. */
  public Recipe endpoint(Profile.Target target) {
    Workspace workspace = environments.workspace(target.environment());
    return recipe
        .step(
            "delete.endpoint." + target.name(),
            new DeleteEndpointStep(workspace, target.endpointName()))
        .build();
  }

  /** Of the endpoints of all targets, deployments go that neither serve nor did so last. */
  public Recipe oldDeployments() {
    for (Profile.Target target : profile.targets()) {
      recipe.step(
          "delete.deployments." + target.name(),
          new OldDeploymentsStep(
              environments.workspace(target.environment()), target.endpointName()));
    }
    return LookAgainStep.in(recipe.build());
  }

  /** The registry, where the profile names one; the id of the step. */
  private Optional<String> registry(String... after) {
    return profile
        .promotion()
        .registry()
        .map(
            named -> {
              Registry registry = new Registry(azure, profile.resourceGroups().ml(), named.name());
              recipe
                  .step(
                      "delete.roles.registry",
                      new DeleteRolesStep(
                          azure, registry.id(), Registry.API_VERSION, DeleteRolesStep.everybody()))
                  .step(
                      REGISTRY,
                      new DeleteRegistryStep(azure.connection(), registry),
                      Stream.concat(Stream.of("delete.roles.registry"), Stream.of(after))
                          .toArray(String[]::new));
              return REGISTRY;
            });
  }

  private void data(String... after) {
    List<String> containers =
        Stream.concat(
                profile.environments().stream().map(e -> e.blobs().container()),
                store.map(DefinedStore::container).stream())
            .toList();
    recipe
        .step(
            DATA_ROLES,
            new DeleteRolesStep(
                azure, account.id(), DerivedIds.STORAGE_API, DeleteRolesStep.everybody()),
            after)
        .step(DATA, new DeleteContainersStep(azure, account, containers, kept), after);
  }

  private List<String> gitHub(List<Profile.Environment> of, boolean whole) {
    return options
        .gitHub()
        .map(connection -> Disconnect.addTo(recipe, azure, profile, connection, of, whole))
        .orElse(List.of());
  }

  private DeleteResourceStep resource(String title, String id) {
    boolean identity = id.contains("/Microsoft.ManagedIdentity/");
    String apiVersion = identity ? IDENTITY_API : DerivedIds.STORAGE_API;
    return new DeleteResourceStep(
        azure, new DeleteResourceStep.Target(title, id, apiVersion, "", ""), kept);
  }

  private String identityId() {
    return ArmIds.resource(
        azure,
        profile.resourceGroups().ml(),
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        profile.identity());
  }

  /** Both groups, which may be the same. */
  private void groups(List<String> parts) {
    String ml = profile.resourceGroups().ml();
    List<String> ours = new ArrayList<>(List.of(identityId(), account.id()));
    profile.environments().forEach(e -> ours.addAll(environments.resources(e)));
    store.ifPresent(s -> ours.add(ArmIds.workspace(azure, ml, s.workspace())));
    profile
        .promotion()
        .registry()
        .ifPresent(named -> ours.add(new Registry(azure, ml, named.name()).id()));
    boolean one = account.group().equalsIgnoreCase(ml);
    if (one) {
      parts.add(ACCOUNT);
    } else {
      recipe.step(
          "delete.resource-group.storage",
          new DeleteGroupStep(azure, account.group(), ours, kept),
          ACCOUNT);
    }
    recipe.step(
        "delete.resource-group.ml",
        new DeleteGroupStep(azure, ml, ours, kept),
        parts.toArray(String[]::new));
  }
}
