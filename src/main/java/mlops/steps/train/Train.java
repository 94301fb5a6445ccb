package mlops.steps.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.assets.AssetFile;
import mlops.assets.AssetFileType;
import mlops.assets.FieldOverrides;
import mlops.assets.JobFile;
import mlops.assets.job.JobSummary;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Sweep;
import mlops.azure.ml.Workspace;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.AssetStep;
import mlops.steps.DependenciesStep;
import mlops.steps.FollowJobStep;
import mlops.steps.LoggedRun;
import mlops.steps.RemoteWorkspaceLookup;
import mlops.steps.UploadFilesStep;

/**
 * The recipe of {@code mlops train}: a model that passed its gate, registered where it is trained.
 */
public final class Train {

  /**
   * How to train.
   *
   * @param file another job file than the profile's
   * @param set values that take the place of those in the file
   * @param force whether a completed job is run anew
   * @param awaitEnd whether to wait until the job ends
   * @param follow how to wait
   */
  public record Options(
      Optional<Path> file,
      FieldOverrides set,
      boolean force,
      boolean awaitEnd,
      FollowJobStep.Options follow) {}

  private final Azure azure;
  private final Profile profile;
  private final Options options;
  private final Profile.Environment environment;
  private final Workspace workspace;
  private final RemoteWorkspaceLookup references;
  private final TrainingAssets assets;
  private final GateRules rules;
  private final String mark;
  private final GateVerdictReader deployFlag;
  private final Output<String> environmentVersion = new Output<>("version of the environment");
  private final SubmittedJobOutputs submitted = new SubmittedJobOutputs();
  private final Output<GateVerdict> verdict = new Output<>("verdict");
  private final Output<String> version = new Output<>("version of the model");

  public Train(Azure azure, Profile profile, Options options) {
    this(azure, profile, options, "");
  }

  /**
   * @param mark the end of the ids of its steps, which tells them from those of another training in
   *     the same recipe
   */
  public Train(Azure azure, Profile profile, Options options, String mark) {
    this.mark = mark;
    this.azure = azure;
    this.profile = profile;
    this.options = options;
    this.environment = profile.training().environment();
    this.workspace = new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
    this.rules = new GateRules(profile.gate());
    this.deployFlag = new GateVerdictReader(azure, workspace, rules);
    this.references = new RemoteWorkspaceLookup(workspace, profile.location());
    this.assets = new TrainingAssets(workspace, references, profile.training());
  }

  /** The name under which models are registered. */
  public String model() {
    return environment.model();
  }

  /** The name of the job, once it is known. */
  public Output<String> job() {
    return submitted.name();
  }

  public Output<GateVerdict> verdict() {
    return verdict;
  }

  /** The version under which the model is registered. */
  public Output<String> version() {
    return version;
  }

  /** What the runs of the job logged themselves, as far as they have come; asks Azure. */
  public List<LoggedRun> logged() {
    return submitted
        .name()
        .ifKnown()
        .map(job -> LoggedRun.of(azure, workspace, job))
        .orElseGet(List::of);
  }

  /** The sweeps that runs are trials of, by their ids; asks Azure. */
  public Map<String, Sweep> sweeps(List<LoggedRun> runs) {
    RunClient client = new RunClient(azure, workspace);
    Map<String, Sweep> sweeps = new LinkedHashMap<>();
    runs.stream()
        .flatMap(run -> run.trial().stream())
        .forEach(trial -> sweeps.computeIfAbsent(trial.sweep(), client::sweep));
    return sweeps;
  }

  public Recipe recipe() {
    Recipe.Builder recipe = Recipe.named("train");
    addTo(recipe);
    return recipe.build();
  }

  /** Follows a job that was submitted before, and judges it as if it had been followed then. */
  public Recipe following(String name) {
    submitted.name().set(name);
    Recipe.Builder recipe = Recipe.named("train").step("job", followStep());
    Optional<ObjectNode> found = workspace.find().flatMap(there -> workspace.find("jobs/" + name));
    found.map(SubmitJobStep::content).ifPresent(submitted.content()::set);
    if (found.filter(GateVerdictReader::isPromised).isPresent()) {
      judge(recipe);
    }
    return recipe.build();
  }

  /** Whether the environment that the job file names is there. */
  private boolean ready() {
    return environmentVersion.ifKnown().isPresent() && assets.areThere();
  }

  private FollowJobStep followStep() {
    return new FollowJobStep(
        azure, workspace, submitted.name(), deployFlag::refused, options.follow());
  }

  /** The id of the step that everything of this stage comes before. */
  public String last() {
    return id("lineage");
  }

  private String id(String step) {
    return step + mark;
  }

  /** Puts the steps of this stage below those of an earlier one. */
  public void addTo(Recipe.Builder recipe, String... after) {
    Path file = options.file().orElse(profile.training().pipeline());
    // a mistake in it is reported before anything is sent
    JobFile read = JobFile.read(file, options.set());
    JobSummary outline = read.outline();
    TrainingChecks.requireUse(read, options.set());
    TrainingChecks.requireEnvironments(read, azure.connection().curated());
    if (options.file().isEmpty()) {
      TrainingChecks.requireChampion(read, profile.gate());
    }
    Lazy<TrainingJob> training =
        new Lazy<>(
            () -> {
              FieldOverrides set = RetrievalSpecInput.in(file, options.set(), azure, profile);
              return TrainingJob.of(file, outline, set, profile.gate(), references);
            });
    submit(recipe, training, after);
    if (options.awaitEnd()) {
      follow(recipe);
    }
  }

  private void submit(Recipe.Builder recipe, Lazy<TrainingJob> training, String... after) {
    String env = environment.name();
    recipe.step(id("environment." + env), environmentStep(), after);
    String last = assets.addTo(recipe, mark, id("environment." + env));
    recipe
        .step(
            id("upload." + env),
            new UploadFilesStep(
                workspace, "code and data", this::ready, () -> training.get().plain().uploads()),
            last)
        .step(
            id("components." + env),
            new DependenciesStep(
                workspace,
                "code and components",
                this::ready,
                () -> training.get().plain().dependencies()),
            id("upload." + env))
        .step(id("submit"), submitStep(training), id("components." + env));
  }

  private AssetStep environmentStep() {
    AssetFile file =
        AssetFile.read(AssetFileType.ENVIRONMENT, environment.environment(), FieldOverrides.none());
    return new AssetStep(
        workspace,
        "environment " + file.name(),
        () -> file.translate(references),
        environmentVersion);
  }

  private SubmitJobStep submitStep(Lazy<TrainingJob> training) {
    return new SubmitJobStep(
        workspace,
        deployFlag,
        this::ready,
        training,
        environment.model(),
        options.force(),
        submitted);
  }

  private void follow(Recipe.Builder recipe) {
    recipe.step(id("job"), followStep(), id("submit"));
    if (options.file().isEmpty()) {
      judge(recipe); // another job, whatever it is, is not the one that the gate judges
    }
  }

  private void judge(Recipe.Builder recipe) {
    RegisteredVersions registered = new RegisteredVersions(azure, workspace, model());
    recipe
        .step(
            id("metrics"),
            new MetricsStep(
                azure, workspace, deployFlag, submitted.name(), verdict, options.follow().clock()),
            id("job"))
        .step(
            id("verdict"),
            new VerdictStep(workspace, registered, rules, submitted.name(), verdict),
            id("metrics"))
        .step(
            id("lineage"),
            new LineageStep(workspace, registered, profile.folder(), submitted, verdict, version),
            id("verdict"));
  }
}
