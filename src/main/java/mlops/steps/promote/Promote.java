package mlops.steps.promote;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import mlops.assets.AssetFile;
import mlops.assets.AssetFileType;
import mlops.assets.AssetRequests;
import mlops.assets.FieldOverrides;
import mlops.assets.Resource;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.AssetStep;
import mlops.steps.DependenciesStep;
import mlops.steps.RemoteWorkspaceLookup;
import mlops.steps.UploadFilesStep;

/** The recipe of {@code mlops promote}: a model that passed its gate serves in a target. */
public final class Promote {

  /**
   * How to promote.
   *
   * @param modelVersion the version where it was trained; the newest that passed its gate if empty
   * @param asVersion the version that it must get in the target
   * @param approved the hash that somebody approved, or its first 8 digits or more
   * @param dispatch what runs the job again with an approval, up to the hash; empty where whoever
   *     approves runs this itself
   * @param forceUnscored whether the target takes what did not score in the one before it
   * @param force whether a version that was rolled back may serve again
   * @param set values that take the place of those in the deployment file
   */
  public record Options(
      Optional<String> modelVersion,
      Optional<String> asVersion,
      Optional<String> approved,
      Optional<String> dispatch,
      boolean forceUnscored,
      boolean force,
      FieldOverrides set,
      Clock clock) {}

  private final Azure azure;
  private final Profile profile;
  private final Profile.Target target;
  private final Options options;
  private final Workspace workspace;
  private final RemoteWorkspaceLookup references;
  private final String env;
  private final Output<CandidateModel> candidate = new Output<>("model version");
  private final Output<String> environmentVersion = new Output<>("version of the environment");
  private final Output<String> version = new Output<>("version of the model");
  private final Output<String> deployment = new Output<>("deployment");

  public Promote(Azure azure, Profile profile, Profile.Target target, Options options) {
    this.azure = azure;
    this.profile = profile;
    this.target = target;
    this.options = checked(options);
    this.env = target.name();
    this.workspace = workspace(target.environment());
    this.references = new RemoteWorkspaceLookup(workspace, profile.location());
  }

  /** What promotion itself decides cannot be set: it would be promised and not done. */
  private static Options checked(Options options) {
    options.modelVersion().ifPresent(v -> ArmIds.given("--model-version", v));
    options.approved().ifPresent(ApprovedHash::given);
    options.asVersion().ifPresent(v -> ArmIds.given("--as-version", v));
    if (options.set().touches("model")) {
      throw MlopsException.invalid(
          "--set model has no effect: the deployment serves the model that is promoted",
          "Choose its version with --model-version.");
    }
    if (options.set().touches("endpoint_name")) {
      throw MlopsException.invalid(
          "--set endpoint_name has no effect: the profile names the endpoint",
          "Change endpoint_name of the environment in the profile.");
    }
    return options;
  }

  /** The name of the model in the target. */
  public String model() {
    return target.environment().model();
  }

  /** The version of the model in the target, once it is known. */
  public Output<String> version() {
    return version;
  }

  /** The version that was chosen where it was trained; empty where none is, or not yet. */
  public Optional<CandidateModel> chosen() {
    return candidate.ifKnown();
  }

  /** The deployment that serves it. */
  public Output<String> deployment() {
    return deployment;
  }

  public Recipe recipe() {
    Recipe.Builder recipe = Recipe.named("promote");
    addTo(recipe, () -> true);
    return recipe.build();
  }

  /**
   * Puts the steps of this stage below those of an earlier one; its last step is {@link #last}.
   *
   * @param settled whether the stages above have done what this one looks at: in a plan it may be
   *     yet to come
   */
  public void addTo(Recipe.Builder recipe, BooleanSupplier settled, String... after) {
    String allowed =
        new PromotionChecks(azure, profile, target, options, candidate)
            .addTo(recipe, settled, after);
    model(recipe, allowed);
    assets(recipe, allowed);
    deploy(recipe);
  }

  /** The id of the step that everything of this stage comes before. */
  public String last() {
    return "default." + env;
  }

  private void model(Recipe.Builder recipe, String after) {
    Path folder = TemporaryFolders.temporary(options.clock()).resolve("model");
    RegisterModelStep register =
        new RegisterModelStep(
            azure,
            new TargetModel(workspace, model(), options.asVersion()),
            folder,
            candidate,
            version,
            options.clock());
    recipe
        .step(
            "download." + env,
            new DownloadModelStep(
                TrainedModel.of(azure, profile), register::isThere, folder, candidate),
            after)
        .step("model." + env, register, "download." + env);
  }

  private void assets(Recipe.Builder recipe, String after) {
    asset(
        recipe,
        "environment",
        AssetFileType.ENVIRONMENT,
        target.environment().environment(),
        FieldOverrides.none(),
        after);
    asset(
        recipe,
        "datastore",
        AssetFileType.DATASTORE,
        target.files().datastore(),
        FieldOverrides.none().with("account_name", profile.storageAccount()),
        after);
    asset(
        recipe,
        "data",
        AssetFileType.DATA,
        target.files().data(),
        FieldOverrides.none(),
        "datastore." + env);
    asset(
        recipe,
        "endpoint",
        AssetFileType.BATCH_ENDPOINT,
        target.files().endpoint(),
        FieldOverrides.none().with("name", target.endpointName()),
        after);
  }

  private void asset(
      Recipe.Builder recipe,
      String word,
      AssetFileType type,
      Path path,
      FieldOverrides overrides,
      String after) {
    AssetFile file = AssetFile.read(type, path, overrides);
    recipe.step(
        word + "." + env,
        new AssetStep(
            workspace,
            "%s %s".formatted(word, file.name()),
            () -> file.translate(references),
            type == AssetFileType.ENVIRONMENT
                ? environmentVersion
                : new Output<>("version of " + word)),
        after);
  }

  private void deploy(Recipe.Builder recipe) {
    recipe
        .step(
            "code." + env,
            new UploadFilesStep(
                workspace, "scoring code", this::ready, () -> translation().uploads()),
            "model." + env,
            "environment." + env)
        .step(
            "components." + env,
            new DependenciesStep(
                workspace,
                "registered scoring code",
                this::ready,
                () -> translation().dependencies()),
            "code." + env)
        .step(
            "deployment." + env,
            deploymentStep(),
            "components." + env,
            "endpoint." + env,
            "data." + env)
        .step(
            last(),
            new DefaultDeploymentStep(workspace, target.endpointName(), deployment),
            "deployment." + env);
  }

  private DeploymentStep deploymentStep() {
    return new DeploymentStep(
        workspace,
        target.endpointName(),
        new DeploymentStep.Name(
            deploymentFile(Optional.empty(), Optional.empty()).name(),
            options.set().touches("name")),
        this::ready,
        this::wanted,
        version,
        deployment);
  }

  /** Whether the model and the environment that the deployment file names are there. */
  private boolean ready() {
    return version.ifKnown().isPresent() && environmentVersion.ifKnown().isPresent();
  }

  private AssetRequests translation() {
    return deploymentFile(version.ifKnown(), Optional.empty()).translate(references);
  }

  private Resource wanted(String modelVersion, Optional<String> name) {
    return deploymentFile(Optional.of(modelVersion), name).translate(references).resource();
  }

  private AssetFile deploymentFile(Optional<String> modelVersion, Optional<String> name) {
    FieldOverrides overrides =
        options
            .set()
            .with("endpoint_name", target.endpointName())
            .with("model", "azureml:%s:%s".formatted(model(), modelVersion.orElse("1")));
    return AssetFile.read(
        AssetFileType.BATCH_DEPLOYMENT,
        target.files().deployment(),
        name.map(n -> overrides.with("name", n)).orElse(overrides));
  }

  private Workspace workspace(Profile.Environment environment) {
    return new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
  }
}
