package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.ResourceNames;
import mlops.emulator.sweep.SweepSettings;

/** What a job says of itself: what was submitted, checked, with Azure's defaults. */
public final class JobDocument {
  /** The fields that are the job itself: they never change. */
  static final List<String> CONTENT =
      List.of(
          "jobType",
          "command",
          "codeId",
          "environmentId",
          "componentId",
          "computeId",
          "inputs",
          "jobs",
          "settings",
          "limits",
          "distribution",
          "objective",
          "samplingAlgorithm",
          "searchSpace",
          "earlyTermination",
          "trial",
          "entry",
          "args",
          "conf",
          "pyFiles",
          "jars",
          "files",
          "archives",
          "environmentVariables");

  private final AssetReferences references;
  private final PipelineCheck pipelines;
  private final SparkCheck sparks;

  public JobDocument(AssetReferences references) {
    this.references = references;
    this.pipelines = new PipelineCheck(references);
    this.sparks = new SparkCheck(references);
  }

  /**
   * The properties of a new job.
   *
   * @throws ApiException 400 or 404 where it refers to something that is not there, 501 for a job
   *     type that is not emulated
   */
  public ObjectNode of(String id, ObjectNode asked) {
    String workspace = MlPaths.workspaceOf(id);
    String type = asked.path("jobType").asText();
    ObjectNode properties = Json.object().put("displayName", MlPaths.name(id));
    properties.put("experimentName", "Default").put("isArchived", false);
    properties.putObject("tags");
    properties.putObject("properties");
    properties.setAll(asked);
    properties.remove("status");
    JobView.removeServices(properties);
    references
        .requireCompute(workspace, asked.path("computeId").asText())
        .ifPresent(compute -> SparkCheck.compute(type.equals("Spark"), compute));
    ResourceNames.checkJob(asked);
    JobSettings.check(asked);
    checkInputs(workspace, asked.path("inputs"));
    switch (type) {
      case "Pipeline" -> pipelines.check(workspace, asked);
      case "Command" -> command(workspace, asked);
      case "Sweep" -> sweep(workspace, asked);
      case "Spark" -> sparks.check(workspace, asked);
      case "" -> throw MlErrors.userError(400, "The field properties.jobType is required.");
      default ->
          throw ApiException.notImplemented(
              "The embedded Azure runs no jobs of type '%s', only Pipeline, Command, Sweep and Spark."
                  .formatted(type));
    }
    return properties;
  }

  private void command(String workspace, JsonNode asked) {
    String component = asked.path("componentId").asText();
    if (!component.isEmpty()) {
      references.requireComponent(workspace, component, "command");
      return;
    }
    program(workspace, asked, "properties");
  }

  private void sweep(String workspace, JsonNode asked) {
    SweepSettings.of(asked);
    program(workspace, asked.path("trial"), "properties.trial");
  }

  /** What a job runs that says so itself. */
  private void program(String workspace, JsonNode asked, String where) {
    for (String field : List.of("command", "environmentId")) {
      if (asked.path(field).asText().isEmpty()) {
        throw MlErrors.userError(400, "The field %s.%s is required.".formatted(where, field));
      }
    }
    references.require(workspace, AssetType.ENVIRONMENTS, asked.path("environmentId").asText());
    String code = asked.path("codeId").asText();
    if (!code.isEmpty()) {
      references.require(workspace, AssetType.CODES, code);
    }
  }

  /** Inputs that are assets must be there; addresses are looked at when the job runs. */
  private void checkInputs(String workspace, JsonNode inputs) {
    for (Map.Entry<String, JsonNode> input : inputs.properties()) {
      String uri = input.getValue().path("uri").asText();
      boolean model = input.getValue().path("jobInputType").asText().contains("model");
      if (uri.matches("azureml:[^/].*|(azureml:)?/subscriptions/.*|azureml://registries/.*")) {
        references.require(workspace, model ? AssetType.MODELS : AssetType.DATA, uri);
      }
    }
  }
}
