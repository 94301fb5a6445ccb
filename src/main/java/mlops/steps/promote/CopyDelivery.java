package mlops.steps.promote;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.assets.AssetFile;
import mlops.assets.AssetFileType;
import mlops.assets.FieldOverrides;
import mlops.assets.WorkspaceLookup;
import mlops.azure.Azure;
import mlops.file.TemporaryFolders;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.AssetStep;
import mlops.steps.delivery.CandidateModel;
import mlops.steps.delivery.DeliveredPair;
import mlops.steps.delivery.Delivery;
import mlops.steps.delivery.DownloadModelStep;
import mlops.steps.delivery.TrainedModel;

/** By copies, as the guide does it: files and environment are registered in each target. */
final class CopyDelivery implements Delivery {
  private final Azure azure;
  private final Profile profile;
  private final Profile.Target target;
  private final TargetModel model;
  private final WorkspaceLookup references;
  private final Output<CandidateModel> candidate;
  private final Promote.Options options;
  private final DeliveredPair delivered = DeliveredPair.awaited();

  CopyDelivery(
      Azure azure,
      Profile profile,
      Profile.Target target,
      TargetModel model,
      WorkspaceLookup references,
      Output<CandidateModel> candidate,
      Promote.Options options) {
    this.azure = azure;
    this.profile = profile;
    this.target = target;
    this.model = model;
    this.references = references;
    this.candidate = candidate;
    this.options = options;
  }

  @Override
  public String[] addTo(Recipe.Builder recipe, BooleanSupplier settled, String after) {
    String env = target.name();
    Path folder = TemporaryFolders.temporary().resolve("model");
    RegisterModelStep register =
        new RegisterModelStep(azure, model, folder, candidate, delivered.version(), options);
    AssetFile file =
        AssetFile.read(
            AssetFileType.ENVIRONMENT, target.environment().environment(), FieldOverrides.none());
    recipe
        .step(
            "download." + env,
            new DownloadModelStep(
                TrainedModel.of(azure, profile), register::isThere, folder, candidate),
            after)
        .step("model." + env, register, "download." + env)
        .step(
            "environment." + env,
            new AssetStep(
                model.workspace(),
                "environment " + file.name(),
                () -> file.translate(references),
                delivered.environment()),
            after);
    return new String[] {"model." + env, "environment." + env};
  }

  @Override
  public DeliveredPair delivered() {
    return delivered;
  }

  @Override
  public FieldOverrides in(FieldOverrides deployment, Optional<String> modelVersion) {
    String name = model.name();
    return deployment.with("model", "azureml:%s:%s".formatted(name, modelVersion.orElse("1")));
  }
}
