package mlops.steps;

import java.util.function.Supplier;
import mlops.assets.AssetRequests;
import mlops.azure.Lazy;
import mlops.azure.ml.Workspace;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** What a YAML file describes stands in a workspace, and before it all that it brings along. */
public final class PreparedAssetStep implements Step {
  private final UploadFilesStep files;
  private final DependenciesStep dependencies;
  private final AssetStep asset;

  /**
   * @param what the kind of thing in the user's words and its name
   * @param file what the YAML file asks for; asked when the workspace exists
   * @param version is given the version that stands; empty for what has none
   */
  public PreparedAssetStep(
      Workspace workspace, String what, Supplier<AssetRequests> file, Output<String> version) {
    Lazy<AssetRequests> requests = new Lazy<>(file);
    this.files = new UploadFilesStep(workspace, what, () -> true, () -> requests.get().uploads());
    this.dependencies =
        new DependenciesStep(workspace, what, () -> true, () -> requests.get().dependencies());
    this.asset = new AssetStep(workspace, what, requests, version);
  }

  @Override
  public String describe() {
    return asset.describe();
  }

  /** Its body has the places of its files in it, which are made from their content. */
  @Override
  public Change check() {
    return asset.check();
  }

  @Override
  public void apply(StepMessages messages) {
    files.apply(messages);
    dependencies.apply(messages);
    asset.apply(messages);
  }
}
