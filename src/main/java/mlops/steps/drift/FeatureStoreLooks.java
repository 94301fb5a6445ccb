package mlops.steps.drift;

import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;
import mlops.features.CheckedDefinitions;
import mlops.file.TemporaryFolders;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.bootstrap.DerivedIds;
import mlops.steps.features.ApplyFeatures;
import mlops.steps.features.DefinedStore;

/**
 * The looks of {@code mlops features apply}. A profile may define a feature store that nobody has
 * made yet: that is none, and so nothing differs.
 */
final class FeatureStoreLooks {

  /** The store that the profile defines, where it is there, or its container is left of it. */
  static Optional<DefinedStore> made(Azure azure, Profile profile) {
    return DefinedStore.of(profile).filter(store -> isMade(azure, profile, store));
  }

  private static boolean isMade(Azure azure, Profile profile, DefinedStore store) {
    String workspace = ArmIds.workspace(azure, profile.resourceGroups().ml(), store.workspace());
    String container =
        ArmIds.resource(
                azure,
                profile.resourceGroups().storage(),
                "Microsoft.Storage/storageAccounts",
                profile.storageAccount())
            + "/blobServices/default/containers/"
            + store.container();
    return azure.arm().find(workspace, Workspace.API_VERSION).isPresent()
        || azure.arm().find(container, DerivedIds.STORAGE_API).isPresent();
  }

  static void addTo(Recipe.Builder recipe, Azure azure, Profile profile) {
    Recipe looks =
        ApplyFeatures.recipe(
            azure,
            profile,
            CheckedDefinitions.of(profile.features().folder()).definitions(),
            TemporaryFolders.temporary());
    for (Recipe.Node node : looks.nodes()) {
      recipe.step(node.id(), node.step(), node.waitsFor().toArray(String[]::new));
    }
  }

  /** Whether a step is one of them. */
  static boolean is(String step) {
    return step.matches("(role\\.)?(feature-store|entity|source|feature-set)(\\..*)?");
  }

  private FeatureStoreLooks() {}
}
