package mlops.steps.bootstrap;

import mlops.azure.Azure;
import mlops.profile.Profile;

/**
 * What a workspace has, or will have, under names that all of Azure shares: ARM ids.
 *
 * @param storageId of its storage account
 */
public record WorkspaceParts(String storageId, String keyVaultId) {

  /** Those of the workspace of an environment. */
  public static WorkspaceParts of(Azure azure, Profile profile, Profile.Environment environment) {
    DependencyIds ids = new DependencyIds(azure, profile.resourceGroups().ml(), environment);
    return new WorkspaceParts(ids.storageId(), ids.keyVaultId());
  }
}
