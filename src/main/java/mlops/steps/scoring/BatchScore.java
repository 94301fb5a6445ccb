package mlops.steps.scoring;

import com.azure.core.exception.HttpResponseException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.file.OutputFolder;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.FeatureProfile;
import mlops.profile.FeatureTraining;
import mlops.profile.Profile;
import mlops.steps.FollowJobStep;
import mlops.steps.PredictionOrigin;

/** The recipe of {@code mlops batch-score}: predictions for many rows, in a file. */
public final class BatchScore {

  /**
   * What and how to score.
   *
   * @param input what is scored; the profile's input if empty
   * @param output the folder for the results, {@code azureml://datastores/…}; the profile's if
   *     empty
   * @param deployment the deployment that scores; the endpoint's default if empty
   * @param features whether the features of its model are retrieved for what is scored
   * @param force whether to score again what was scored before
   * @param download the folder for the predictions
   * @param follow how to follow the job; its logs are in a folder for each environment
   */
  public record Options(
      Optional<String> input,
      Optional<String> output,
      Optional<String> deployment,
      boolean features,
      boolean force,
      Path download,
      FollowJobStep.Options follow) {}

  private final Azure azure;
  private final Profile profile;
  private final Profile.Target target;
  private final Options options;
  private final Workspace workspace;
  private final Output<ScoringResult> result = new Output<>("predictions");

  public BatchScore(Azure azure, Profile profile, Profile.Target target, Options options) {
    this.azure = azure;
    this.profile = profile;
    this.target = target;
    this.options = options;
    this.workspace =
        new Workspace(azure, profile.resourceGroups().ml(), target.environment().workspace());
    options.deployment().ifPresent(name -> ArmIds.given("--deployment", name));
  }

  /**
   * Whether the model that a target serves was trained with features, and the profile says how to
   * retrieve them; asks Azure. What does not answer is told by the steps that look there.
   */
  public static boolean needsFeatures(Azure azure, Profile profile, Profile.Target target) {
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), target.environment().workspace());
    if (profile.features().training().flatMap(FeatureTraining::retrieval).isEmpty()) {
      return false;
    }
    try {
      return new ScoringEndpoint(workspace, target, Optional.empty(), Optional.empty())
          .serving()
          .flatMap(found -> new BehindDeployment(azure, workspace, found).wantsFeatures())
          .orElse(false);
    } catch (HttpResponseException | UncheckedIOException e) {
      return false;
    }
  }

  /** What was scored, once it is. */
  public Output<ScoringResult> result() {
    return result;
  }

  public Recipe recipe() {
    Recipe.Builder recipe = Recipe.named("batch-score");
    addTo(recipe, Optional.empty());
    return recipe.build();
  }

  /** The id of the step that everything of this stage comes before. */
  public String last() {
    return "predictions." + target.name();
  }

  /**
   * Puts the steps of this stage below those of an earlier one.
   *
   * @param promoted the deployment that an earlier stage makes the default; empty without one
   */
  public void addTo(Recipe.Builder recipe, Optional<Output<String>> promoted, String... after) {
    String env = target.name();
    ScoringEndpoint endpoint =
        new ScoringEndpoint(workspace, target, options.deployment(), promoted);
    ResultFolder results = new ResultFolder(output(), options.output().isEmpty());
    ScoringJob job = options.features() ? ScoringJob.withFeatures() : ScoringJob.plain();
    String given = options.input().orElse(target.input());
    OutputFolder.require("--download", options.download(), env);
    Path file = options.download().resolve(env).resolve("predictions.csv");
    requireOwn(file);
    recipe.step("input." + env, new ScoringInputStep(endpoint, given, job.given()), after);
    String ready = options.features() ? retrieval(endpoint, job).addTo(recipe) : "input." + env;
    recipe
        .step(
            "invoke." + env, new InvokeStep(azure, endpoint, results, options.force(), job), ready)
        .step("score-job." + env, followStep(job.name()), "invoke." + env)
        .step(
            last(),
            new DownloadResultStep(azure, endpoint, results, file, job, result),
            "score-job." + env);
  }

  private RetrievalStage retrieval(ScoringEndpoint endpoint, ScoringJob job) {
    RetrievalJob retrieval =
        RetrievalJob.of(azure, FeatureProfile.retrieval(profile), profile, endpoint, job);
    return new RetrievalStage(azure, endpoint, retrieval, options, job);
  }

  private FollowJobStep followStep(Output<String> job) {
    return new FollowJobStep(
        azure, workspace, job, name -> false, options.follow().below(target.name()));
  }

  /** Predictions of another suffix or Azure are not written over: whoever made them needs them. */
  private void requireOwn(Path file) {
    PredictionOrigin.another(file, workspace.id())
        .filter(other -> Files.exists(file))
        .ifPresent(
            other -> {
              throw MlopsException.invalid(
                  "--download %s holds the predictions of workspace %s, which would be lost"
                      .formatted(options.download(), other.replaceFirst(".*/", "")),
                  "Name another folder with --download, or delete " + file + ".");
            });
  }

  private DatastoreUri output() {
    String uri = options.output().orElse(target.output());
    return DatastoreUri.parse(uri)
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "--output-path %s is not a folder in a datastore".formatted(uri),
                    "Write it as azureml://datastores/NAME/paths/FOLDER"));
  }
}
