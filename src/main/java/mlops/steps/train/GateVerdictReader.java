package mlops.steps.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.MlflowTracking;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.steps.LoggedRun;

/**
 * Finds the verdict of the gate: what a pipeline wrote as its output {@code deploy_flag}, or what
 * it logged.
 */
final class GateVerdictReader {
  private static final String OUTPUT = "deploy_flag";
  private static final String DATASTORE = "workspaceblobstore";

  private final Azure azure;
  private final Workspace workspace;
  private final GateRules rules;

  GateVerdictReader(Azure azure, Workspace workspace, GateRules rules) {
    this.azure = azure;
    this.workspace = workspace;
    this.rules = rules;
  }

  /**
   * The verdict on a job; empty where the job did not get that far. One that completed and has no
   * output for a verdict is judged by its metrics alone; one that promises a verdict has to have
   * it.
   *
   * @param job as the workspace describes it
   */
  Optional<GateVerdict> of(JsonNode job) {
    String name = job.path("name").asText();
    Optional<GateVerdict> own = written(job, name);
    if (!job.at("/properties/status").asText().equals("Completed")) {
      return own;
    }
    if (own.isPresent()) {
      return own.map(verdict -> verdict.lacksMetrics() ? verdict.with(logged(name)) : verdict);
    }
    if (isPromised(job)) {
      return Optional.empty();
    }
    Map<String, Double> metrics = logged(name);
    return Optional.of(GateVerdict.logged(metrics, rules.kept(metrics)));
  }

  /** Whether the job ended as it did because the model was refused. */
  boolean refused(String name) {
    return written(workspace.get("jobs/" + name), name)
        .filter(verdict -> !verdict.yes() && verdict.mistake().isEmpty())
        .isPresent();
  }

  private Optional<GateVerdict> written(JsonNode job, String name) {
    JsonNode output = job.path("properties").path("outputs").path(OUTPUT);
    return DatastoreUri.parse(output.path("uri").asText())
        .flatMap(this::read)
        .or(() -> ofChild(name));
  }

  /** Whether the job says that it will have a verdict. */
  static boolean isPromised(JsonNode job) {
    return job.path("properties").path("outputs").has(OUTPUT);
  }

  /**
   * A pipeline that failed names no outputs, but those of its children stand where Azure puts them.
   */
  private Optional<GateVerdict> ofChild(String job) {
    return new RunClient(azure, workspace)
        .children(job).stream()
            .filter(child -> child.status().equals("Completed"))
            .map(child -> "azureml/%s/%s".formatted(child.origin(), OUTPUT))
            .flatMap(path -> read(new DatastoreUri(DATASTORE, path)).stream())
            .findFirst();
  }

  private Optional<GateVerdict> read(DatastoreUri folder) {
    DatastoreFiles files = new DatastoreFiles(workspace);
    return files
        .read(folder.resolve(GateVerdict.FILE))
        .map(GateVerdict::parse)
        .or(() -> files.read(folder.resolve(GateVerdict.PLAIN)).map(GateVerdict::plain));
  }

  /** What a job and its children logged to MLflow; the job itself has the last word. */
  private Map<String, Double> logged(String job) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    LoggedRun.of(azure, workspace, job).forEach(run -> metrics.putAll(run.metrics()));
    metrics.putAll(new MlflowTracking(azure, workspace).logged(job).metrics());
    return metrics;
  }
}
