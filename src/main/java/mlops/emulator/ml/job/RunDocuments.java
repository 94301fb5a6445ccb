package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/**
 * The run documents of a workspace. Whoever executes a job writes how it goes; here they are made,
 * found and read.
 */
public final class RunDocuments {
  /** Which client made a run, be it within a job; runs of jobs have none. */
  public static final String ORIGIN = "origin";

  private static final Set<String> TERMINAL = Set.of("Completed", "Failed", "Canceled");

  private final MlResources resources;
  private final JobRunner runner;
  private final Experiments experiments;
  private final RunJournal journal;

  public RunDocuments(MlResources resources, JobRunner runner) {
    this.resources = resources;
    this.journal = new RunJournal(resources.state());
    this.runner = runner;
    this.experiments = new Experiments(resources);
  }

  public static String id(String workspace, String runId) {
    return workspace + "/runs/" + runId;
  }

  /** Writes the run of a job that is about to start. */
  public void create(String workspace, String runId, JsonNode job) {
    ObjectNode run = fresh(runId, job.path("experimentName").asText("Default"));
    experiments.ensure(workspace, run.path("experimentName").asText());
    run.put("displayName", job.path("displayName").asText(runId));
    run.put("compute", MlPaths.name(job.path("computeId").asText()));
    run.set("properties", job.path("properties").deepCopy());
    if (job.path("jobType").asText().equals("Pipeline")) {
      run.withObject("properties")
          .put("azureml.runsource", "azureml.PipelineRun")
          .put("azureml.pipelineComponent", "pipelinerun");
    }
    run.set("tags", job.path("tags").deepCopy());
    resources.state().write(id(workspace, runId), run);
  }

  /** A run that has not started, as the executor and the MLflow service begin one. */
  public ObjectNode fresh(String runId, String experiment) {
    ObjectNode run = Json.object().put("runId", runId).put("rootRunId", runId);
    run.putNull("parentRunId").put("name", "").put("displayName", runId);
    run.put("experimentName", experiment).put("status", "NotStarted");
    run.put("createdUtc", resources.now().toString());
    run.putNull("startTimeUtc").putNull("endTimeUtc").putNull("error").putArray("warnings");
    run.put("compute", "");
    for (String map : List.of("logFiles", "inputs", "outputs", "properties", "tags")) {
      run.putObject(map);
    }
    return run;
  }

  public Optional<ObjectNode> find(String workspace, String runId) {
    boolean named = !runId.isEmpty() && runId.indexOf('/') < 0;
    return named ? read(workspace, runId).map(run -> current(workspace, run)) : Optional.empty();
  }

  private Optional<ObjectNode> read(String workspace, String runId) {
    String id = id(workspace, runId);
    return resources.read(id).map(run -> journal.read(id, run));
  }

  /** A run as it is now: that of a job whose process died ends when someone looks at it. */
  private ObjectNode current(String workspace, ObjectNode run) {
    String job = workspace + "/jobs/" + run.path("rootRunId").asText();
    boolean lost =
        !hasEnded(run) && resources.state().exists(job) && runner.endIfLost(job); // else MLflow's
    return lost ? read(workspace, run.path("runId").asText()).orElse(run) : run;
  }

  /**
   * The run of this name.
   *
   * @throws ApiException 404 as run history words it
   */
  public ObjectNode get(String workspace, String runId) {
    return find(workspace, runId).orElseThrow(() -> notFound(runId));
  }

  /**
   * The run of a route that names its experiment too, by name or by id.
   *
   * @throws ApiException 404 where it is none of that experiment
   */
  public ObjectNode inExperiment(Request request) {
    String workspace = MlPaths.workspaceId(request);
    String asked = request.parameter("experiment");
    ObjectNode run = get(workspace, request.parameter("run"));
    String name = run.path("experimentName").asText();
    if (!asked.equals(name) && !asked.equals(Experiments.id(workspace, name))) {
      throw notFound(request.parameter("run"));
    }
    return run;
  }

  static ApiException notFound(String runId) {
    return MlErrors.userError(404, "Run %s not found.".formatted(runId));
  }

  /** Changes a run; nobody else changes it meanwhile. */
  public ObjectNode update(String workspace, String runId, Consumer<ObjectNode> change) {
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode run = get(workspace, runId);
              ObjectNode before = run.deepCopy();
              change.accept(run);
              if (!run.equals(before)) {
                journal.write(id(workspace, runId), run);
              }
              return run;
            });
  }

  /** The same where only the parameters, metrics, tags and name of a run change: it is quicker. */
  public void log(String workspace, String runId, Consumer<ObjectNode> change) {
    resources
        .state()
        .exclusively(
            () -> {
              ObjectNode run = get(workspace, runId);
              ObjectNode before = run.deepCopy();
              change.accept(run);
              journal.note(id(workspace, runId), before, run);
              return run;
            });
  }

  /** Changes what a run and its job both say of themselves. */
  public ObjectNode reword(String workspace, String runId, Consumer<ObjectNode> change) {
    String job = workspace + "/jobs/" + runId;
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode run = update(workspace, runId, change);
              resources
                  .read(job)
                  .ifPresent(
                      document -> {
                        change.accept(document.withObject("properties"));
                        resources.state().write(job, document);
                      });
              return run;
            });
  }

  /** Whether a run is shown no more: archived, or deleted as MLflow says. */
  public static boolean isArchived(JsonNode run) {
    return run.path("isArchived").asBoolean();
  }

  public List<ObjectNode> all(String workspace) {
    return resources.state().list(workspace + "/runs").stream()
        .map(run -> journal.read(id(workspace, run.path("runId").asText()), run))
        .map(run -> current(workspace, run))
        .toList();
  }

  /** The direct children of a run, in the order in which they were made. */
  List<ObjectNode> children(String workspace, String runId) {
    return all(workspace).stream()
        .filter(r -> r.path("parentRunId").asText().equals(runId))
        .sorted(Comparator.comparing(r -> r.path("createdUtc").asText()))
        .toList();
  }

  /** Deletes a run with all its descendants. */
  void delete(String workspace, String runId) {
    for (ObjectNode run : all(workspace)) {
      if (run.path("rootRunId").asText().equals(runId)) {
        resources.state().delete(id(workspace, run.path("runId").asText()));
      }
    }
    resources.state().delete(id(workspace, runId));
  }

  public static boolean hasEnded(JsonNode run) {
    return TERMINAL.contains(run.path("status").asText());
  }
}
