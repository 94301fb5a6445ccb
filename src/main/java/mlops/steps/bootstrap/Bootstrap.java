package mlops.steps.bootstrap;

import com.azure.resourcemanager.authorization.models.PrincipalType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import mlops.assets.AssetFile;
import mlops.assets.AssetFileType;
import mlops.assets.FieldOverrides;
import mlops.assets.Resource;
import mlops.azure.Azure;
import mlops.azure.ml.BuiltInRole;
import mlops.azure.ml.SoftDeletedWorkspaces;
import mlops.azure.ml.Workspace;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.RemoteWorkspaceLookup;
import mlops.steps.RoleAssignmentStep;
import mlops.steps.UploadStep;
import mlops.steps.bootstrap.IdentityStep.Identity;

/** The recipe of {@code mlops bootstrap}: the Azure of the guide, from nothing. */
public final class Bootstrap {
  private static final String ML_GROUP = "resource-group.ml";
  private static final String STORAGE_GROUP = "resource-group.storage";
  private static final String ACCOUNT = "storage-account";
  private static final String IDENTITY = "identity";
  private static final String USER_ROLE = "role.storage.user";
  private static final String DATA_ACCESS = "data-access";

  private final Azure azure;
  private final Profile profile;
  private final Output<String> accountId = new Output<>("storage account");
  private final Output<Identity> identity = new Output<>("managed identity");
  private final Recipe.Builder recipe;
  private final WorkspaceStep.Deleted deleted;

  private Bootstrap(
      Azure azure, Profile profile, DeletedNames deletedNames, Recipe.Builder recipe) {
    this.recipe = recipe;
    this.deleted = new WorkspaceStep.Deleted(new SoftDeletedWorkspaces(azure), deletedNames);
    this.azure = azure;
    this.profile = profile;
  }

  /**
   * All of it.
   *
   * @param deletedNames what becomes of deleted things that keep names of the profile
   */
  public static Recipe recipe(Azure azure, Profile profile, DeletedNames deletedNames) {
    Recipe.Builder recipe = Recipe.named("bootstrap");
    azure.prepare();
    new Bootstrap(azure, profile, deletedNames, recipe).add();
    return recipe.build();
  }

  /** Puts the steps of this stage into a longer recipe. */
  public static void addTo(Recipe.Builder recipe, Azure azure, Profile profile) {
    azure.prepare();
    new Bootstrap(azure, profile, DeletedNames.REFUSE, recipe).add();
  }

  private void add() {
    String ml = profile.resourceGroups().ml();
    String storage = profile.resourceGroups().storage();
    String location = profile.location();
    recipe
        .step(ML_GROUP, new ResourceGroupStep(azure, ml, location))
        .step(STORAGE_GROUP, new ResourceGroupStep(azure, storage, location))
        .step(
            ACCOUNT,
            new StorageAccountStep(azure, storage, profile.storageAccount(), location, accountId),
            STORAGE_GROUP)
        .step(
            IDENTITY, new IdentityStep(azure, ml, profile.identity(), location, identity), ML_GROUP)
        .step(
            "role.storage.identity",
            role("the compute identity", PrincipalType.SERVICE_PRINCIPAL, this::identityPrincipal),
            ACCOUNT,
            IDENTITY)
        .step(
            USER_ROLE,
            role(
                "you",
                PrincipalType.fromString(azure.signedIn().type()),
                () -> Optional.of(azure.signedIn().objectId())),
            ACCOUNT);
    profile.environments().forEach(this::workspace);
    computes();
    new RegistrySteps(azure, profile, this::identityPrincipal).addTo(recipe, ML_GROUP, IDENTITY);
    profile.environments().forEach(this::container);
    dataAccess();
    profile.environments().forEach(this::uploads);
  }

  /** A workspace, what belongs to it, its compute cluster and its role on the storage account. */
  private void workspace(Profile.Environment environment) {
    String env = environment.name();
    String location = profile.location();
    DependencyIds parts = new DependencyIds(azure, profile.resourceGroups().ml(), environment);
    associated(env, location, parts);
    Resource cluster = cluster(environment, environment.compute());
    Output<String> principal = new Output<>("identity of the workspace");
    recipe
        .step(
            "workspace." + env,
            new WorkspaceStep(azure, parts, environment, location, principal, deleted),
            "workspace-storage." + env,
            "key-vault." + env,
            "app-insights." + env)
        .step("compute." + env, compute(parts, cluster), "workspace." + env, IDENTITY)
        .step(
            "role.storage.workspace-" + env,
            roleOf(environment, principal),
            ACCOUNT,
            "workspace." + env);
  }

  /**
   * What a workspace stands on: storage account, key vault, Log Analytics, Application Insights.
   */
  private void associated(String env, String location, DependencyIds parts) {
    recipe
        .step(
            "workspace-storage." + env,
            WorkspaceDependencies.storage(azure, parts, location),
            ML_GROUP)
        .step(
            "key-vault." + env, new KeyVaultStep(azure, parts, location, deleted.names()), ML_GROUP)
        .step("log-analytics." + env, WorkspaceDependencies.logs(azure, parts, location), ML_GROUP)
        .step(
            "app-insights." + env,
            WorkspaceDependencies.insights(azure, parts, location),
            "log-analytics." + env);
  }

  private RoleAssignmentStep roleOf(Profile.Environment environment, Output<String> principal) {
    return role(
        "workspace " + environment.workspace(),
        PrincipalType.SERVICE_PRINCIPAL,
        principal::ifKnown);
  }

  /** Further computes of the workspace where models are trained. */
  private void computes() {
    Profile.Environment training = profile.training().environment();
    DependencyIds parts = new DependencyIds(azure, profile.resourceGroups().ml(), training);
    for (Profile.Asset asset : profile.training().assets()) {
      if (asset.kind() == Profile.AssetKind.COMPUTE) {
        Resource cluster = cluster(training, asset.file());
        recipe.step(
            "compute.%s.%s".formatted(training.name(), cluster.name()),
            compute(parts, cluster),
            "workspace." + training.name(),
            IDENTITY);
      }
    }
  }

  private ComputeStep compute(DependencyIds parts, Resource cluster) {
    return new ComputeStep(
        azure, parts.workspaceId(), cluster.name(), cluster.body(), profile.location(), identity);
  }

  /** What a compute file asks for; a mistake in it is reported before anything is sent. */
  private Resource cluster(Profile.Environment environment, Path file) {
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
    return AssetFile.read(AssetFileType.COMPUTE, file, FieldOverrides.none())
        .translate(new RemoteWorkspaceLookup(workspace, profile.location()))
        .resource();
  }

  private void container(Profile.Environment environment) {
    recipe.step(
        "container." + environment.name(),
        new ContainerStep(
            azure,
            profile.resourceGroups().storage(),
            profile.storageAccount(),
            environment.blobs().container()),
        ACCOUNT);
  }

  private void dataAccess() {
    List<String> containers =
        profile.environments().stream().map(e -> e.blobs().container()).toList();
    String[] waitsFor =
        Stream.concat(
                Stream.of(USER_ROLE),
                profile.environments().stream().map(e -> "container." + e.name()))
            .toArray(String[]::new);
    recipe.step(
        DATA_ACCESS,
        new DataAccessStep(
            azure, accountId, profile.storageAccount(), containers, DataAccessStep.PATIENCE),
        waitsFor);
  }

  private void uploads(Profile.Environment environment) {
    for (Profile.Upload upload : environment.blobs().uploads()) {
      recipe.step(
          "upload.%s.%s".formatted(environment.name(), environment.blobs().word(upload)),
          new UploadStep(
              azure,
              new UploadStep.Place(
                  profile.storageAccount(),
                  environment.blobs().container(),
                  upload.to(),
                  Optional.of(contentType(upload.file()))),
              upload.file(),
              () -> accountId.ifKnown().isPresent()),
          DATA_ACCESS);
    }
  }

  private static String contentType(Path file) {
    String lower = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return lower.endsWith(".json")
        ? "application/json"
        : lower.endsWith(".csv") ? "text/csv" : "application/octet-stream";
  }

  private RoleAssignmentStep role(
      String whose, PrincipalType type, Supplier<Optional<String>> principalId) {
    return new RoleAssignmentStep(
        azure, BuiltInRole.BLOB_OWNER, accountId::ifKnown, whose, principalId, type);
  }

  private Optional<String> identityPrincipal() {
    return identity.ifKnown().map(Identity::principalId);
  }
}
