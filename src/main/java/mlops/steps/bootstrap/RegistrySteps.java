package mlops.steps.bootstrap;

import com.azure.resourcemanager.authorization.models.PrincipalType;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.assets.AssetFile;
import mlops.assets.AssetFileType;
import mlops.assets.FieldOverrides;
import mlops.assets.Resource;
import mlops.azure.Azure;
import mlops.azure.ml.BuiltInRole;
import mlops.azure.ml.Registry;
import mlops.azure.ml.Workspace;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.RemoteWorkspaceLookup;
import mlops.steps.RoleAssignmentStep;

/**
 * The registry, who shares into it, and as whom the clusters read from it; nothing where models are
 * promoted by copies.
 *
 * @param computeIdentity the principal of the clusters, once it is there
 */
record RegistrySteps(Azure azure, Profile profile, Supplier<Optional<String>> computeIdentity) {
  private static final String REGISTRY = "registry";

  /**
   * @param group the step of the resource group
   * @param identity the step of the identity of the clusters
   */
  void addTo(Recipe.Builder recipe, String group, String identity) {
    if (!profile.promotion().isByRegistry()) {
      return;
    }
    Profile.Registry named = profile.promotion().registry().orElseThrow();
    Registry registry = new Registry(azure, profile.resourceGroups().ml(), named.name());
    Output<String> id = new Output<>(REGISTRY);
    recipe
        .step(
            REGISTRY,
            new RegistryStep(registry, wanted(named).body(), profile.location(), id),
            group)
        .step(
            "role.registry.user",
            role(BuiltInRole.REGISTRY_USER, id, "you", yourType(), this::you),
            REGISTRY)
        .step(
            "role.registry.identity",
            role(
                BuiltInRole.READER,
                id,
                "the compute identity",
                PrincipalType.SERVICE_PRINCIPAL,
                computeIdentity),
            REGISTRY,
            identity);
  }

  private PrincipalType yourType() {
    return PrincipalType.fromString(azure.signedIn().type());
  }

  private Optional<String> you() {
    return Optional.of(azure.signedIn().objectId());
  }

  private RoleAssignmentStep role(
      BuiltInRole role,
      Output<String> id,
      String whose,
      PrincipalType type,
      Supplier<Optional<String>> principal) {
    return new RoleAssignmentStep(azure, role, id::ifKnown, whose, principal, type);
  }

  /** What the file of the registry asks for; a mistake in it is told before anything is sent. */
  private Resource wanted(Profile.Registry named) {
    Workspace workspace =
        new Workspace(
            azure, profile.resourceGroups().ml(), profile.training().environment().workspace());
    return AssetFile.read(
            AssetFileType.REGISTRY, named.file(), FieldOverrides.none().with("name", named.name()))
        .translate(new RemoteWorkspaceLookup(workspace, profile.location()))
        .resource();
  }
}
