package mlops.steps.drift;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Registry;
import mlops.azure.ml.Workspace;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.bootstrap.DerivedIds;
import mlops.steps.features.DefinedStore;
import mlops.steps.share.SharedModel;

/**
 * Whether somebody holds a role that mlops did not give: on the resource groups, the workspaces,
 * the account with the data, each container, the registry and the feature store.
 */
record RoleLooks(Azure azure, Profile profile, Optional<DefinedStore> store) {
  private static final String CONTAINERS = "/blobServices/default/containers/";
  private static final String GROUP_API = "2021-04-01";

  void addTo(Recipe.Builder recipe) {
    String storage = profile.resourceGroups().storage();
    String ml = profile.resourceGroups().ml();
    look(recipe, "group.ml", group(ml), GROUP_API);
    if (!storage.equalsIgnoreCase(ml)) {
      look(recipe, "group.storage", group(storage), GROUP_API);
    }
    String account =
        ArmIds.resource(
            azure, storage, "Microsoft.Storage/storageAccounts", profile.storageAccount());
    look(recipe, "storage-account", account, DerivedIds.STORAGE_API);
    for (Profile.Environment environment : profile.environments()) {
      String container = account + CONTAINERS + environment.blobs().container();
      look(recipe, "container." + environment.name(), container, DerivedIds.STORAGE_API);
      String workspace = ArmIds.workspace(azure, ml, environment.workspace());
      look(recipe, "workspace." + environment.name(), workspace, Workspace.API_VERSION);
    }
    store.ifPresent(
        s -> {
          String container = account + CONTAINERS + s.container();
          look(recipe, "container.feature-store", container, DerivedIds.STORAGE_API);
          String workspace = ArmIds.workspace(azure, ml, s.workspace());
          look(recipe, "workspace.feature-store", workspace, Workspace.API_VERSION);
        });
    if (profile.promotion().isByRegistry()) {
      Registry registry = SharedModel.of(azure, profile).registry();
      look(recipe, "registry", registry.id(), Registry.API_VERSION);
    }
  }

  private void look(Recipe.Builder recipe, String id, String scope, String apiVersion) {
    recipe.step(
        "roles." + id, new ExtraRolesStep(azure, scope, apiVersion, this::workspaceIdentities));
  }

  private String group(String name) {
    return azure.subscriptionId() + "/resourceGroups/" + name;
  }

  /** The principals of the workspaces: Azure itself gives them roles on what is theirs. */
  private Set<String> workspaceIdentities() {
    String group = group(profile.resourceGroups().ml());
    if (Lookup.find(() -> azure.arm().get(group, GROUP_API)).isEmpty()) {
      return Set.of();
    }
    String workspaces = group + "/providers/Microsoft.MachineLearningServices/workspaces";
    return azure.arm().list(workspaces, Workspace.API_VERSION, "").stream()
        .map(w -> w.at("/identity/principalId").asText())
        .filter(id -> !id.isEmpty())
        .collect(Collectors.toSet());
  }
}
