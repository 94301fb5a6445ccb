package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlRequestBody;
import mlops.emulator.ml.resource.MlResources;

/** Runs that a job makes below its own ({@code Run.child_run()}), and the events that end them. */
record ChildRuns(MlResources resources, RunDocuments runs) {
  private static final String EVENT = "Microsoft.MachineLearning.Run.";
  private static final Map<String, String> STATUS =
      Map.of(
          "Start", "Running",
          "Completed", "Completed",
          "Failed", "Failed",
          "Canceled", "Canceled");

  /** Events that change nothing that is shown here. */
  private static final Set<String> PASSING = Set.of("Heartbeat", "Queued", "QueueingInfo");

  private static final Set<String> FIELDS =
      Set.of(
          "runId",
          "parentRunId",
          "status",
          "name",
          "displayName",
          "description",
          "target",
          "scriptName",
          "runType",
          "properties",
          "tags",
          "heartbeatEnabled");

  /** The new run that a request names, below the parent that its body names. */
  ObjectNode create(Request request) {
    ObjectNode body = MlRequestBody.withoutNulls(request.json());
    for (Map.Entry<String, JsonNode> field : body.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw ApiException.notImplemented(
            "The embedded Azure makes no child run with '%s'.".formatted(field.getKey()));
      }
    }
    String workspace = MlPaths.workspaceId(request);
    ObjectNode parent = runs.get(workspace, body.path("parentRunId").asText());
    String id = request.parameter("run");
    ObjectNode run = runs.fresh(id, parent.path("experimentName").asText());
    run.put(RunDocuments.ORIGIN, "sdk").put("status", body.path("status").asText("NotStarted"));
    run.put("parentRunId", parent.path("runId").asText());
    run.put("rootRunId", parent.path("rootRunId").asText());
    run.put("name", body.path("name").asText());
    run.put("displayName", body.path("displayName").asText(body.path("name").asText(id)));
    for (String map : List.of("properties", "tags")) {
      run.withObject(map).setAll(MlRequestBody.withoutNulls(body.path(map)));
    }
    resources.state().write(RunDocuments.id(workspace, id), run);
    return run;
  }

  /** Notes what a client says of a run. That of a job ends when the job does, whatever it says. */
  ObjectNode tell(Request request) {
    String name = request.json().path("name").asText();
    String event = name.startsWith(EVENT) ? name.substring(EVENT.length()) : name;
    switch (event) {
      case "Error", "Warning" -> note(request, event);
      default -> {
        if (STATUS.containsKey(event)) {
          enter(request, STATUS.getOrDefault(event, ""));
        } else if (!PASSING.contains(event)) {
          throw MlErrors.userError(400, "There is no event '%s' of a run.".formatted(name));
        }
      }
    }
    return Json.object();
  }

  private void enter(Request request, String status) {
    change(
        request,
        run -> {
          run.put("status", status);
          boolean ended = RunDocuments.hasEnded(run);
          run.put(ended ? "endTimeUtc" : "startTimeUtc", resources.now().toString());
        });
  }

  private void note(Request request, String event) {
    JsonNode data = request.json().path("data");
    change(
        request,
        run -> {
          if (event.equals("Error")) {
            run.set("error", data.path("errorResponse"));
          } else {
            run.withArrayProperty("warnings")
                .addObject()
                .put("source", data.path("source").asText())
                .put("message", data.path("message").asText());
          }
        });
  }

  private void change(Request request, Consumer<ObjectNode> change) {
    runs.update(
        MlPaths.workspaceId(request),
        request.parameter("run"),
        run -> {
          if (run.has(RunDocuments.ORIGIN)) {
            change.accept(run);
          }
        });
  }
}
