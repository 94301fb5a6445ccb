package mlops.steps.github;

import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.profile.Profile;

/** Where in Azure the applications of a repository hold roles, as ARM ids. */
public record ConnectedScopes(Azure azure, Profile profile) {

  /** The group of the workspaces. */
  public String group() {
    return azure.subscriptionId() + "/resourceGroups/" + profile.resourceGroups().ml();
  }

  /** The blob container of an environment. */
  public String container(Profile.Environment environment) {
    String account =
        ArmIds.resource(
            azure,
            profile.resourceGroups().storage(),
            "Microsoft.Storage/storageAccounts",
            profile.storageAccount());
    return account + "/blobServices/default/containers/" + environment.blobs().container();
  }
}
