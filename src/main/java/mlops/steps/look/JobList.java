package mlops.steps.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.profile.FeatureTraining;
import mlops.profile.Profile;
import mlops.steps.Lineage;
import mlops.steps.look.ListedJob.Registered;

/** The jobs of the environments of a profile. */
public final class JobList {
  private static final Comparator<ObjectNode> NEWEST =
      Comparator.comparing((ObjectNode job) -> job.at("/systemData/createdAt").asText()).reversed();

  private final Azure azure;
  private final Profile profile;

  public JobList(Azure azure, Profile profile) {
    this.azure = azure;
    this.profile = profile;
  }

  /** The workspace of an environment; empty where it does not exist. */
  public Optional<Workspace> workspace(Profile.Environment environment) {
    Workspace workspace =
        new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
    return Optional.of(workspace).filter(w -> w.find().isPresent());
  }

  /** The feature stores beside the environments, if any: their jobs materialize features. */
  public List<Workspace> featureStores() {
    String group = profile.resourceGroups().ml();
    String all = ArmIds.workspace(azure, group, "").replaceFirst("/$", "");
    return Lookup.find(() -> azure.arm().list(all, Workspace.API_VERSION, "")).stream()
        .flatMap(List::stream)
        .filter(w -> w.path("kind").asText().equalsIgnoreCase("FeatureStore"))
        .map(w -> new Workspace(azure, group, w.path("name").asText()))
        .toList();
  }

  /** The names of all jobs of a workspace, the newest first. */
  public List<String> names(Workspace workspace) {
    return workspace.list("jobs", "").stream()
        .sorted(NEWEST)
        .map(job -> job.path("name").asText())
        .toList();
  }

  /**
   * The newest jobs of an environment, the newest first; of none without a workspace.
   *
   * @param most how many at most: the run of each is asked for
   */
  public List<ListedJob> of(Profile.Environment environment, int most) {
    return workspace(environment).map(w -> of(w, models(environment), most)).orElse(List.of());
  }

  /** The newest jobs of a feature store, which register no models, the newest first. */
  public List<ListedJob> of(Workspace store, int most) {
    return of(store, List.of(), most);
  }

  /** Where models are trained there may be those with features, too. */
  private List<String> models(Profile.Environment environment) {
    boolean trains = environment.equals(profile.training().environment());
    return Stream.concat(
            Stream.of(environment.model()),
            profile.features().training().map(FeatureTraining::model).filter(m -> trains).stream())
        .toList();
  }

  private List<ListedJob> of(Workspace workspace, List<String> models, int most) {
    List<ObjectNode> jobs = workspace.list("jobs", "").stream().sorted(NEWEST).limit(most).toList();
    Map<String, List<ObjectNode>> versions = new LinkedHashMap<>();
    if (!jobs.isEmpty()) {
      models.forEach(model -> versions.put(model, workspace.allVersions("models", model)));
    }
    RunClient runs = new RunClient(azure, workspace);
    return jobs.stream().map(job -> summary(job, runs, versions)).toList();
  }

  private static ListedJob summary(
      ObjectNode job, RunClient runs, Map<String, List<ObjectNode>> versions) {
    String name = job.path("name").asText();
    JsonNode properties = job.path("properties");
    RunClient.Times times =
        Lookup.find(() -> runs.details(name).times())
            .orElseGet(() -> new RunClient.Times(Optional.empty(), Optional.empty()));
    return new ListedJob(
        name,
        properties.path("displayName").asText(name),
        properties.path("jobType").asText(),
        properties.path("experimentName").asText(),
        properties.path("status").asText(),
        instant(job.at("/systemData/createdAt").asText()),
        times,
        versions.entrySet().stream().flatMap(model -> registered(model, name)).toList());
  }

  private static Stream<Registered> registered(
      Map.Entry<String, List<ObjectNode>> model, String job) {
    return model.getValue().stream()
        .filter(version -> isOf(version, job))
        .map(version -> new Registered(model.getKey(), version.path("name").asText()));
  }

  /** The lineage names the whole job, Azure itself the job within a pipeline that wrote it. */
  private static boolean isOf(ObjectNode version, String job) {
    return Lineage.of(version).job().equals(job)
        || version.at("/properties/jobName").asText().equals(job);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty(); // Azure leaves it out of some old jobs
    }
  }
}
