package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.workspace.DefaultDatastores;

/** Jobs as a GET shows them: what was submitted, and how its run goes. */
public final class JobView {
  private static final String TRACKING = "Tracking";
  private static final String STUDIO = "Studio";

  private final MlResources resources;
  private final RunDocuments runs;

  public JobView(MlResources resources, RunDocuments runs) {
    this.resources = resources;
    this.runs = runs;
  }

  /** A job with the status, the outputs and the services of its run. */
  public ObjectNode of(ObjectNode job) {
    String id = job.path("id").asText();
    String workspace = MlPaths.workspaceOf(id);
    Optional<ObjectNode> run = runs.find(workspace, MlPaths.name(id));
    run.ifPresent(r -> merge(job.withObject("properties"), r));
    services(workspace, MlPaths.name(id), job.withObject("properties"));
    return job;
  }

  private static void merge(ObjectNode properties, JsonNode run) {
    properties.put("status", run.path("status").asText());
    properties
        .withObject("outputs")
        .putObject(JobOutputs.DEFAULT)
        .put("jobOutputType", "uri_folder")
        .put("mode", "ReadWriteMount")
        .put( // in the form without paths/ that Azure has here
            "uri",
            "azureml://datastores/%s/%s"
                .formatted(
                    DefaultDatastores.ARTIFACTS,
                    DefaultDatastores.artifacts(run.path("runId").asText())));
    for (Map.Entry<String, JsonNode> output : run.path("outputs").properties()) {
      ObjectNode shown = properties.withObject("outputs").withObject("/" + escape(output.getKey()));
      if (!shown.has("jobOutputType")) {
        shown.put("jobOutputType", output.getValue().path("type").asText("uri_folder"));
      }
      shown.set("uri", output.getValue().path("uri"));
    }
    ObjectNode bag = properties.withObject("properties");
    for (Map.Entry<String, JsonNode> field : run.path("properties").properties()) {
      bag.set(field.getKey(), field.getValue());
    }
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private void services(String workspace, String name, ObjectNode properties) {
    String region =
        resources.read(workspace).map(w -> w.path("location").asText()).orElse("unknown");
    String[] id = workspace.split("/");
    ObjectNode services = properties.withObject("services");
    service(
        services,
        TRACKING,
        "azureml://%s.api.azureml.ms/mlflow/v1.0%s?".formatted(region, workspace));
    service(
        services,
        STUDIO,
        "https://ml.azure.com/runs/%s?wsid=/subscriptions/%s/resourcegroups/%s/workspaces/%s"
            .formatted(name, id[2], id[4], id[8]));
  }

  /** Takes away what is only shown: clients send it back when they change a job. */
  static void removeServices(ObjectNode properties) {
    properties.withObject("services").remove(List.of(TRACKING, STUDIO));
    if (properties.path("services").isEmpty()) {
      properties.remove("services");
    }
  }

  private static void service(ObjectNode services, String type, String endpoint) {
    services.putObject(type).put("jobServiceType", type).put("endpoint", endpoint);
  }

  /** A child of a pipeline, which has a run but no document of its own, as a job. */
  Optional<ObjectNode> child(String workspace, String name) {
    return runs.find(workspace, name)
        .filter(r -> r.path("parentRunId").isTextual())
        .map(run -> child(workspace, name, run));
  }

  private ObjectNode child(String workspace, String name, JsonNode run) {
    ObjectNode job = ArmResources.envelope(workspace + "/jobs/" + name, Jobs.TYPE);
    ObjectNode properties = job.putObject("properties");
    JsonNode root =
        resources
            .read(workspace + "/jobs/" + run.path("rootRunId").asText())
            .map(JsonNode.class::cast)
            .orElse(Json.object());
    properties.setAll(asJob(run));
    properties.put("displayName", run.path("displayName").asText());
    properties.put("experimentName", run.path("experimentName").asText());
    properties.put("isArchived", false);
    String compute = run.path("compute").asText();
    if (!compute.isEmpty()) {
      properties.put("computeId", workspace + "/computes/" + compute);
    }
    properties.set("tags", run.path("tags"));
    inputs(properties.putObject("inputs"), run);
    job.set("systemData", root.path("systemData"));
    return of(job);
  }

  /** What the executor says of the child; another run may not have been a job at all. */
  private static ObjectNode asJob(JsonNode run) {
    return run.path("job") instanceof ObjectNode job
        ? job
        : Json.object().put("jobType", "Command").put("command", "-").put("environmentId", "-");
  }

  private static void inputs(ObjectNode inputs, JsonNode run) {
    for (Map.Entry<String, JsonNode> input : run.path("inputs").properties()) {
      ObjectNode shown = inputs.putObject(input.getKey());
      shown.set("jobInputType", input.getValue().path("type"));
      String value = input.getValue().has("uri") ? "uri" : "value";
      shown.set(value, input.getValue().path(value));
    }
  }

  /** Orders resources by when they were made, the last one first. */
  public static Comparator<ObjectNode> newestFirst() {
    return Comparator.<ObjectNode, String>comparing(j -> j.at("/systemData/createdAt").asText())
        .reversed();
  }
}
