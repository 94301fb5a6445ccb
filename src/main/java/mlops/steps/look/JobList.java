package mlops.steps.look;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;
import mlops.steps.Lineage;

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
    return workspace(environment).map(w -> of(w, environment.model(), most)).orElse(List.of());
  }

  /** The newest jobs of a feature store, which register no models, the newest first. */
  public List<ListedJob> of(Workspace store, int most) {
    return of(store, "", most);
  }

  private List<ListedJob> of(Workspace workspace, String model, int most) {
    List<ObjectNode> jobs = workspace.list("jobs", "").stream().sorted(NEWEST).limit(most).toList();
    List<ObjectNode> versions =
        jobs.isEmpty() || model.isEmpty() ? List.of() : workspace.allVersions("models", model);
    RunClient runs = new RunClient(azure, workspace);
    return jobs.stream().map(job -> summary(job, runs, versions)).toList();
  }

  private static ListedJob summary(ObjectNode job, RunClient runs, List<ObjectNode> versions) {
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
        versions.stream()
            .filter(version -> isOf(version, name))
            .map(version -> version.path("name").asText())
            .toList());
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
