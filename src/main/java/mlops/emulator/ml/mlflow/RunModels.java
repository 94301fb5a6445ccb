package mlops.emulator.ml.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlPaths;

/** The models that runs of MLflow log, and the datasets and models that they name as inputs. */
public final class RunModels {
  /** The tag in which MLflow 2 keeps the models of a run. */
  private static final String HISTORY = "mlflow.log-model.history";

  private final RunDocuments runs;

  public RunModels(RunDocuments runs) {
    this.runs = runs;
  }

  public List<Route> routes() {
    return List.of(
        MlflowRoutes.write("runs/log-model", this::logModel),
        MlflowRoutes.write("runs/log-inputs", this::logInputs),
        MlflowRoutes.write("runs/outputs", this::logOutputs));
  }

  private ObjectNode logModel(Request request) {
    JsonNode model = parsed(MlflowRoutes.required(request.json(), "model_json"));
    return change(
        request,
        run -> {
          ObjectNode tags = run.withObjectProperty("tags");
          JsonNode old = parsed(tags.path(HISTORY).asText("[]"));
          ArrayNode history = Json.MAPPER.createArrayNode();
          old.forEach(history::add);
          tags.put(HISTORY, history.add(model).toString());
        });
  }

  private static JsonNode parsed(String text) {
    try {
      return Json.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw MlflowRoutes.invalid("Malformed model info: it is not JSON.");
    }
  }

  private ObjectNode logInputs(Request request) {
    JsonNode body = request.json();
    return change(
        request,
        run -> {
          ObjectNode inputs = logged(run, "inputs");
          body.path("datasets").forEach(inputs.withArrayProperty("dataset_inputs")::add);
          body.path("models").forEach(inputs.withArrayProperty("model_inputs")::add);
        });
  }

  private ObjectNode logOutputs(Request request) {
    JsonNode models = request.json().path("models");
    return change(
        request,
        run -> models.forEach(logged(run, "outputs").withArrayProperty("model_outputs")::add));
  }

  private static ObjectNode logged(ObjectNode run, String kind) {
    return run.withObjectProperty("mlflow").withObjectProperty(kind);
  }

  private ObjectNode change(Request request, Consumer<ObjectNode> change) {
    String workspace = MlPaths.workspaceId(request);
    String id = MlflowRoutes.required(request.json(), "run_id");
    MlflowRuns.find(runs, workspace, id);
    runs.update(workspace, id, change);
    return Json.object();
  }
}
