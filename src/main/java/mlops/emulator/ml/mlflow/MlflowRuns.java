package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.Experiments;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlResources;

/** The runs of the MLflow tracking REST API: those of jobs, and those that clients make. */
public final class MlflowRuns {
  private final MlResources resources;
  private final Experiments experiments;
  private final RunDocuments runs;

  public MlflowRuns(MlResources resources, Experiments experiments, RunDocuments runs) {
    this.resources = resources;
    this.experiments = experiments;
    this.runs = runs;
  }

  public List<Route> routes() {
    return List.of(
        MlflowRoutes.write("runs/create", this::create),
        MlflowRoutes.read("runs/get", this::get),
        MlflowRoutes.write("runs/update", this::update),
        MlflowRoutes.write("runs/delete", r -> archive(r, true)),
        MlflowRoutes.write("runs/restore", r -> archive(r, false)));
  }

  private ObjectNode create(Request request) {
    JsonNode body = request.json();
    String workspace = workspace(request);
    String experiment = body.path("experiment_id").asText();
    String name =
        experiments
            .find(workspace, experiment)
            .map(e -> e.path("name").asText())
            .orElseThrow(
                () ->
                    MlflowRoutes.missing("No Experiment with id=%s exists".formatted(experiment)));
    String id = UUID.randomUUID().toString();
    ObjectNode run =
        runs.fresh(id, name).put("status", "Running").put(RunDocuments.ORIGIN, "mlflow");
    run.put("userId", request.caller().objectId());
    run.put("startTimeUtc", time(body.path("start_time")).toString());
    run.withObject("tags").setAll(MlflowRoutes.object(body.path("tags")));
    String runName = run.path("tags").path("mlflow.runName").asText(id);
    run.put("displayName", body.path("run_name").asText(runName));
    return resources
        .state()
        .exclusively(
            () -> {
              adopt(workspace, run);
              resources.state().write(RunDocuments.id(workspace, id), run);
              return Json.object().set("run", MlflowView.run(workspace, run));
            });
  }

  /** Puts a nested run below its parent, as its tag says. */
  private void adopt(String workspace, ObjectNode run) {
    runs.find(workspace, run.path("tags").path("mlflow.parentRunId").asText("-"))
        .ifPresent(
            parent ->
                run.put("parentRunId", parent.path("runId").asText())
                    .put("rootRunId", parent.path("rootRunId").asText()));
  }

  private ObjectNode get(Request request) {
    String workspace = workspace(request);
    String id = request.queryValue("run_id").or(() -> request.queryValue("run_uuid")).orElse("");
    return Json.object().set("run", MlflowView.run(workspace, find(workspace, id)));
  }

  /** A run of a job ends when the job does, whatever a client says; other runs end here. */
  private ObjectNode update(Request request) {
    JsonNode body = request.json();
    String workspace = workspace(request);
    ObjectNode changed =
        changed(
            request,
            run -> {
              if (body.has("run_name")) {
                run.put("displayName", body.path("run_name").asText());
              }
              if (body.has("status") && !isOfJob(workspace, run)) {
                end(run, body);
              }
            });
    return Json.object().set("run_info", MlflowView.run(workspace, changed).get("info"));
  }

  private boolean isOfJob(String workspace, JsonNode run) {
    return !run.has(RunDocuments.ORIGIN)
        && resources.state().exists(workspace + "/jobs/" + run.path("rootRunId").asText());
  }

  private void end(ObjectNode run, JsonNode body) {
    String status =
        switch (body.path("status").asText()) {
          case "FINISHED" -> "Completed";
          case "FAILED" -> "Failed";
          case "KILLED" -> "Canceled";
          case "SCHEDULED" -> "NotStarted";
          case "RUNNING" -> "Running";
          default ->
              throw MlflowRoutes.invalid(
                  "Unknown status '%s'.".formatted(body.path("status").asText()));
        };
    run.put("status", status);
    if (RunDocuments.hasEnded(run)) {
      run.put("endTimeUtc", time(body.path("end_time")).toString());
    }
  }

  /** To MLflow it is deleted or restored. */
  private ObjectNode archive(Request request, boolean archived) {
    runs.reword(workspace(request), named(request), words -> words.put("isArchived", archived));
    return Json.object();
  }

  private ObjectNode changed(Request request, Consumer<ObjectNode> change) {
    return runs.update(workspace(request), named(request), change);
  }

  /** The id of the run that a request changes, which must be there. */
  private String named(Request request) {
    JsonNode body = request.json();
    String id = body.path("run_id").asText(body.path("run_uuid").asText());
    find(workspace(request), id);
    return id;
  }

  private ObjectNode find(String workspace, String id) {
    return find(runs, workspace, id);
  }

  /**
   * The run of this id.
   *
   * @throws mlops.emulator.http.ApiException 404 in MLflow's words
   */
  static ObjectNode find(RunDocuments runs, String workspace, String id) {
    return runs.find(workspace, id)
        .orElseThrow(() -> MlflowRoutes.missing("Run with id=%s not found".formatted(id)));
  }

  private String workspace(Request request) {
    return resources.workspace(request).path("id").asText();
  }

  private Instant time(JsonNode millis) {
    return millis.asLong() > 0 ? Instant.ofEpochMilli(millis.asLong()) : resources.now();
  }
}
