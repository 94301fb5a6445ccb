package mlops.steps.promote;

import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;

/**
 * The model where it is trained, which is where each promotion takes its files from.
 *
 * @param environment what the user calls that environment
 */
record TrainedModel(String environment, Workspace workspace, String name) {

  static TrainedModel of(Azure azure, Profile profile) {
    Profile.Environment environment = profile.training().environment();
    return new TrainedModel(
        environment.name(),
        new Workspace(azure, profile.resourceGroups().ml(), environment.workspace()),
        environment.model());
  }
}
