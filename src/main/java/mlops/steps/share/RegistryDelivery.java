package mlops.steps.share;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
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
import mlops.plan.Step;
import mlops.profile.Profile;
import mlops.steps.delivery.CandidateModel;
import mlops.steps.delivery.DeliveredPair;
import mlops.steps.delivery.Delivery;
import mlops.steps.delivery.DownloadModelStep;
import mlops.steps.delivery.TrainedModel;

/**
 * By a registry. The promotion to the first target shares the model, and with it the environments
 * of all targets; whoever promotes to a later one only reads the registry, and needs nothing where
 * the model was trained. Targets deploy by id; nothing is registered in them.
 */
public final class RegistryDelivery implements Delivery {

  private final Azure azure;
  private final Profile profile;
  private final Profile.Target target;
  private final WorkspaceLookup workspace;
  private final SharedVersion model;
  private final Clock clock;
  private final DeliveredPair delivered = DeliveredPair.awaited();

  /**
   * @param workspace of the target
   * @param pinned the version that it must get in the registry
   */
  public RegistryDelivery(
      Azure azure,
      Profile profile,
      Profile.Target target,
      WorkspaceLookup workspace,
      Output<CandidateModel> candidate,
      Optional<String> pinned,
      Clock clock) {
    this.azure = azure;
    this.profile = profile;
    this.target = target;
    this.workspace = workspace;
    this.clock = clock;
    this.model = new SharedVersion(SharedModel.of(azure, profile), candidate, pinned);
  }

  @Override
  public String[] addTo(Recipe.Builder recipe, BooleanSupplier settled, String after) {
    String env = target.name();
    recipe.step(
        "registry." + env,
        new ReachRegistryStep(model.registry(), profile.location(), settled),
        after);
    boolean first = profile.before(target).isEmpty();
    Path folder = TemporaryFolders.temporary();
    List<String> last = new ArrayList<>();
    last.add(
        first
            ? share(recipe, settled, folder)
            : verify(recipe, () -> isChosen(settled), folder, "registry." + env));
    last.add(environment(recipe, settled, target, delivered.environment()));
    if (first) {
      profile.targets().stream()
          .skip(1)
          .map(later -> environment(recipe, settled, later, new Output<>("environment")))
          .forEach(last::add);
    }
    return last.toArray(String[]::new);
  }

  private boolean isChosen(BooleanSupplier settled) {
    return settled.getAsBoolean() && model.candidate().ifKnown().isPresent();
  }

  private String share(Recipe.Builder recipe, BooleanSupplier settled, Path folder) {
    String env = target.name();
    TrainedModel trained = TrainedModel.of(azure, profile);
    ShareModelStep share = new ShareModelStep(model, trained, settled, delivered.version());
    recipe
        .step(
            "source." + env,
            new DownloadModelStep(
                trained, share::isThere, folder.resolve("source"), model.candidate()),
            "registry." + env)
        .step("share." + env, share, "source." + env);
    verify(recipe, share::isThere, folder, "share." + env);
    Step describe = new DescribeSharedStep(azure, model, share::isThere, clock);
    recipe.step("describe." + env, describe, "verify." + env);
    return "describe." + env;
  }

  private String verify(Recipe.Builder recipe, BooleanSupplier shared, Path folder, String after) {
    String id = "verify." + target.name();
    recipe.step(
        id,
        new VerifySharedStep(model, shared, folder.resolve("shared"), delivered.version()),
        after);
    return id;
  }

  /** The environment of a target; the id of its step. */
  private String environment(
      Recipe.Builder recipe, BooleanSupplier settled, Profile.Target of, Output<String> known) {
    String id =
        of.equals(target)
            ? "shared-environment." + of.name()
            : "shared-environment.%s.%s".formatted(target.name(), of.name());
    AssetFile file =
        AssetFile.read(
            AssetFileType.ENVIRONMENT, of.environment().environment(), FieldOverrides.none());
    recipe.step(
        id,
        new ShareEnvironmentStep(model.registry(), file, workspace, settled, known),
        "registry." + target.name());
    return id;
  }

  @Override
  public DeliveredPair delivered() {
    return delivered;
  }

  @Override
  public FieldOverrides in(FieldOverrides deployment, Optional<String> modelVersion) {
    FieldOverrides with = deployment.with("model", model.model().id(modelVersion.orElse("1")));
    return delivered.environment().ifKnown().map(id -> with.with("environment", id)).orElse(with);
  }
}
