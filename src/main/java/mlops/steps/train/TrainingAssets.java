package mlops.steps.train;

import java.util.ArrayList;
import java.util.List;
import mlops.assets.AssetFile;
import mlops.assets.AssetFileType;
import mlops.assets.FieldOverrides;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.PreparedAssetStep;
import mlops.steps.RemoteWorkspaceLookup;

/**
 * What the profile wants to stand in the workspace before the job is submitted, one after the
 * other. Computes are made by {@code bootstrap}.
 */
final class TrainingAssets {
  private final Workspace workspace;
  private final RemoteWorkspaceLookup references;
  private final Profile.Training training;
  private final List<Output<String>> versions = new ArrayList<>();

  TrainingAssets(Workspace workspace, RemoteWorkspaceLookup references, Profile.Training training) {
    this.workspace = workspace;
    this.references = references;
    this.training = training;
  }

  /**
   * Adds a step for each. A mistake in a file is reported before anything is sent.
   *
   * @param mark the end of their ids
   * @return the id of the last step, which is the one given where there is nothing to add
   */
  String addTo(Recipe.Builder recipe, String mark, String after) {
    String last = after;
    for (Profile.Asset asset : training.assets()) {
      if (asset.kind() != Profile.AssetKind.COMPUTE) {
        last = addTo(recipe, mark, last, asset);
      }
    }
    return last;
  }

  private String addTo(Recipe.Builder recipe, String mark, String after, Profile.Asset asset) {
    AssetFile file =
        AssetFile.read(
            AssetFileType.valueOf(asset.kind().name()), asset.file(), FieldOverrides.none());
    String what = asset.kind().word() + " " + file.name();
    String id = "%s.%s.%s%s".formatted(asset.kind().word(), training.name(), file.name(), mark);
    if (recipe.startingWith(id).contains(id)) {
      throw MlopsException.invalid(
          "%s describes %s, and so does another of the assets".formatted(asset.file(), what),
          "Give each a name of its own, or leave one out of the profile.");
    }
    Output<String> version = new Output<>("version of " + what);
    versions.add(version);
    recipe.step(
        id,
        new PreparedAssetStep(workspace, what, () -> file.translate(references), version),
        after);
    return id;
  }

  /** Whether all are known to stand. */
  boolean areThere() {
    return versions.stream().allMatch(version -> version.ifKnown().isPresent());
  }
}
