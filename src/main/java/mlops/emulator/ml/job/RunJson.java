package mlops.emulator.ml.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import mlops.emulator.blob.auth.SasIssuer;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.workspace.DefaultDatastores;

/** Run documents in the words of the run history service. */
public final class RunJson {
  private static final Duration LOG_ACCESS = Duration.ofHours(8);

  private final MlResources resources;
  private final SasIssuer signatures;

  public RunJson(MlResources resources, SasIssuer signatures) {
    this.resources = resources;
    this.signatures = signatures;
  }

  /** A run as {@code …/runs/{id}/details} shows it, with a URL for each log. */
  ObjectNode details(JsonNode workspace, ObjectNode run) {
    ObjectNode details = common(workspace, run);
    details.put("target", run.path("compute").asText());
    details.set("startTimeUtc", run.path("startTimeUtc"));
    details.put("createdTimeUtc", run.path("createdUtc").asText());
    details.set("inputs", object(run, "inputs"));
    details.putObject("services");
    details.set("runDefinition", definition(workspace, run));
    ObjectNode logs = details.putObject("logFiles");
    for (Map.Entry<String, JsonNode> log : run.path("logFiles").properties()) {
      logs.put(log.getKey(), url(workspace, log.getValue().asText()));
    }
    return details;
  }

  /** A run as {@code …/runs/{id}} shows it. */
  ObjectNode metadata(JsonNode workspace, ObjectNode run) {
    ObjectNode metadata = common(workspace, run);
    String created = run.path("createdUtc").asText();
    metadata.put("createdUtc", created).put("hidden", RunDocuments.isArchived(run));
    metadata.put("runNumber", Instant.parse(created).getEpochSecond());
    metadata.put(
        "experimentId",
        Experiments.id(workspace.path("id").asText(), run.path("experimentName").asText()));
    metadata.put("runType", type(run)).put("target", run.path("compute").asText());
    metadata.set("description", run.path("description"));
    metadata.set("startTimeUtc", run.path("startTimeUtc"));
    String duration = duration(run);
    if (!duration.isEmpty()) {
      metadata.put("duration", duration).put("computeDuration", duration);
    }
    return metadata;
  }

  /** Children are steps of a pipeline, but for those that a client made. */
  private static String type(JsonNode run) {
    boolean step = run.path("parentRunId").isTextual() && !run.has(RunDocuments.ORIGIN);
    String type = step ? "azureml.StepRun" : "azureml.scriptrun";
    return run.path("properties").path("azureml.runsource").asText(type);
  }

  private ObjectNode common(JsonNode workspace, ObjectNode run) {
    ObjectNode view = Json.object();
    String id = run.path("runId").asText();
    view.put("runId", id).put("runUuid", uuid(id));
    view.set("parentRunId", run.path("parentRunId"));
    view.put("rootRunId", run.path("rootRunId").asText());
    view.put("rootRunUuid", uuid(run.path("rootRunId").asText()));
    view.set("name", run.path("name"));
    view.set("displayName", run.path("displayName"));
    view.put("status", run.path("status").asText());
    view.put("dataContainerId", "dcid." + id);
    view.set("endTimeUtc", run.path("endTimeUtc"));
    view.set("error", run.path("error"));
    view.set("warnings", run.path("warnings"));
    view.set("tags", object(run, "tags"));
    view.set("properties", object(run, "properties"));
    view.set("parameters", object(run, "params"));
    outputs(workspace, run, view.putObject("outputs"));
    return view;
  }

  /** Each output is a data asset, anonymous unless the job names it. */
  private static void outputs(JsonNode workspace, JsonNode run, ObjectNode outputs) {
    outputs
        .putObject(JobOutputs.DEFAULT)
        .put(
            "assetId",
            JobOutputs.assetId(workspace, run.path("runId").asText(), JobOutputs.DEFAULT))
        .put("type", JobOutputs.wireType("uri_folder"));
    for (Map.Entry<String, JsonNode> output : run.path("outputs").properties()) {
      String type = output.getValue().path("type").asText("uri_folder");
      String asset =
          output
              .getValue()
              .path("assetId")
              .asText(JobOutputs.assetId(workspace, run.path("runId").asText(), output.getKey()));
      outputs
          .putObject(output.getKey())
          .put("assetId", asset)
          .put("type", JobOutputs.wireType(type));
    }
  }

  /** What the job was submitted as. */
  ObjectNode definition(JsonNode workspace, JsonNode run) {
    ObjectNode definition = Json.object();
    resources
        .read(workspace.path("id").asText() + "/jobs/" + run.path("rootRunId").asText())
        .map(job -> job.path("properties"))
        .ifPresent(
            job ->
                definition
                    .put("JobType", job.path("jobType").asText())
                    .set("Settings", job.path("settings")));
    return definition;
  }

  private String url(JsonNode workspace, String blob) {
    String account = MlPaths.name(workspace.at("/properties/storageAccount").asText());
    Instant until = resources.now().plus(LOG_ACCESS);
    return signatures.sasUrl(account, DefaultDatastores.ARTIFACT_CONTAINER, blob, "r", until);
  }

  private static String duration(JsonNode run) {
    if (!run.path("startTimeUtc").isTextual() || !run.path("endTimeUtc").isTextual()) {
      return "";
    }
    Duration taken =
        Duration.between(
            Instant.parse(run.path("startTimeUtc").asText()),
            Instant.parse(run.path("endTimeUtc").asText()));
    return "%02d:%02d:%02d.%07d"
        .formatted(
            taken.toHours(),
            taken.toMinutesPart(),
            taken.toSecondsPart(),
            taken.toNanosPart() / 100);
  }

  private static JsonNode object(JsonNode run, String field) {
    return run.path(field).isObject() ? run.path(field) : Json.object();
  }

  private static String uuid(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(UTF_8)).toString();
  }
}
