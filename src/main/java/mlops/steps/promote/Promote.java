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
import mlops.steps.delivery.CandidateModel;
import mlops.steps.delivery.Delivery;
import mlops.steps.share.RegistryDelivery;

/** The recipe of {@code mlops promote}: a model that passed its gate serves in a target. */
public final class Promote {

  /**
   * How to promote.
   *
   * @param modelVersion the version where it was trained; the newest that passed its gate if empty
   * @param asVersion the version that it must get in the target
   * @param registryVersion the version that it must get in the registry
   * @param approved the hash that somebody approved, or its first 8 digits or more
   * @param dispatch what runs the job again with an approval, up to the hash; empty where whoever
   *     approves runs this itself
   * @param forceUnscored whether the target takes what did not score in the one before it
   * @param force whether a version that was rolled back may serve again, and files that are there
   *     are brought again
   * @param set values that take the place of those in the deployment file
   */
  public record Options(
      Optional<String> modelVersion,
      Optional<String> asVersion,
      Optional<String> registryVersion,
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
  private final Output<String> deployment = new Output<>("deployment");
  private final Delivery delivery;

  public Promote(Azure azure, Profile profile, Profile.Target target, Options options) {
    this.azure = azure;
    this.profile = profile;
    this.target = target;
    this.options = checked(options);
    requireWay(profile, target, options);
    this.env = target.name();
    this.workspace = workspace(target.environment());
    this.references = new RemoteWorkspaceLookup(workspace, profile.location());
    this.delivery = profile.promotion().isByRegistry() ? byRegistry() : byCopy();
  }

  private Delivery byCopy() {
    TargetModel model =
        new TargetModel(workspace, target.environment().model(), options.asVersion());
    return new CopyDelivery(azure, profile, target, model, references, candidate, options);
  }

  private Delivery byRegistry() {
    return new RegistryDelivery(
        azure, profile, target, references, candidate, options.registryVersion(), options.clock());
  }

  /** What promotion itself decides cannot be set: it would be promised and not done. */
  private static Options checked(Options options) {
    options.modelVersion().ifPresent(v -> ArmIds.given("--model-version", v));
    options.approved().ifPresent(ApprovedHash::given);
    options.asVersion().ifPresent(v -> ArmIds.given("--as-version", v));
    options.registryVersion().ifPresent(v -> ArmIds.given("--registry-version", v));
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

  /** A number that the way of the model has no use for would be promised and not given. */
  private static void requireWay(Profile profile, Profile.Target target, Options options) {
    boolean byRegistry = profile.promotion().isByRegistry();
    if (byRegistry && options.asVersion().isPresent()) {
      throw MlopsException.invalid(
          "--as-version has no effect: by a registry nothing is registered in " + target.name(),
          "--registry-version gives its number in the registry.");
    }
    if (!byRegistry && options.registryVersion().isPresent()) {
      throw MlopsException.invalid(
          "--registry-version has no effect: the model is promoted by copies",
          "Add --via registry, or name the number in the target with --as-version.");
    }
    if (options.registryVersion().isPresent() && !profile.before(target).isEmpty()) {
      throw MlopsException.invalid(
          "--registry-version has no effect: %s takes what the registry holds"
              .formatted(target.name()),
          "Choose it with --model-version.");
    }
  }

  /** The name by which the target serves the model. */
  public String model() {
    return profile.promotion().isByRegistry()
        ? profile.training().environment().model()
        : target.environment().model();
  }

  /** The version of the model in the target, once it is known. */
  public Output<String> version() {
    return delivery.delivered().version();
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
    String[] delivered = delivery.addTo(recipe, settled, allowed);
    assets(recipe, allowed);
    deploy(recipe, delivered);
  }

  /** Puts looks into a recipe at what serves in the target, and whether it is as its files say. */
  public void addLooksTo(Recipe.Builder recipe) {
    ServingLook serving =
        new ServingLook(workspace, target.endpointName(), model(), delivery.delivered());
    Recipe.Builder looks = Recipe.named("looks").step("serves." + env, serving);
    assets(looks, "serves." + env);
    looks.step("deployment." + env, deploymentStep(), "endpoint." + env, "data." + env);
    serving.addTo(recipe, looks.build());
  }

  /** The id of the step that everything of this stage comes before. */
  public String last() {
    return "default." + env;
  }

  private void assets(Recipe.Builder recipe, String after) {
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
            new Output<>("version of " + word)),
        after);
  }

  private void deploy(Recipe.Builder recipe, String... delivered) {
    recipe
        .step(
            "code." + env,
            new UploadFilesStep(
                workspace,
                "scoring code",
                delivery.delivered()::isReady,
                () -> translation().uploads()),
            delivered)
        .step(
            "components." + env,
            new DependenciesStep(
                workspace,
                "registered scoring code",
                delivery.delivered()::isReady,
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
        delivery.delivered()::isReady,
        this::wanted,
        delivery.delivered().version(),
        deployment);
  }

  private AssetRequests translation() {
    return deploymentFile(delivery.delivered().version().ifKnown(), Optional.empty())
        .translate(references);
  }

  private Resource wanted(String modelVersion, Optional<String> name) {
    return deploymentFile(Optional.of(modelVersion), name).translate(references).resource();
  }

  private AssetFile deploymentFile(Optional<String> modelVersion, Optional<String> name) {
    FieldOverrides overrides =
        delivery.in(options.set().with("endpoint_name", target.endpointName()), modelVersion);
    return AssetFile.read(
        AssetFileType.BATCH_DEPLOYMENT,
        target.files().deployment(),
        name.map(n -> overrides.with("name", n)).orElse(overrides));
  }

  private Workspace workspace(Profile.Environment environment) {
    return new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
  }
}
