package mlops.emulator.featurestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.job.JobView;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.Pages;

/** The materialisation jobs of a feature set, in the words of 2023-04-01-preview. */
final class MaterializationList {
  private final MlResources resources;
  private final FeatureAssets sets;
  private final RunDocuments runs;

  MaterializationList(MlResources resources, FeatureAssets sets, RunDocuments runs) {
    this.resources = resources;
    this.sets = sets;
    this.runs = runs;
  }

  Route route() {
    return Route.arm(
        "POST",
        FeatureAssetType.SETS.path() + "/versions/{version}/listMaterializationJobs",
        FeatureAssetType.SETS.type() + "/read",
        this::list);
  }

  private Response list(Request request) {
    String id = ArmResources.parent(request.id());
    sets.find(request, id);
    String store = MlPaths.workspaceOf(id);
    List<ObjectNode> jobs =
        resources.state().list(store + "/materializations").stream()
            .filter(m -> m.path("featureSet").asText().equals(id))
            .flatMap(m -> resources.read(store + "/jobs/" + m.path("name").asText()).stream())
            .sorted(JobView.newestFirst())
            .map(job -> shown(store, job))
            .toList();
    return Pages.of(request, jobs);
  }

  private ObjectNode shown(String store, ObjectNode job) {
    JsonNode said = job.path("properties");
    String name = job.path("name").asText();
    JsonNode run = runs.get(store, name);
    ObjectNode shown = Json.object().put("jobId", name);
    shown.set("type", said.at("/properties").path(MaterializationJobs.TYPE));
    shown.set("displayName", said.path("displayName"));
    shown.set("experimentId", said.path("experimentName"));
    shown.set("createdDate", job.at("/systemData/createdAt"));
    shown.set("status", run.path("status"));
    shown.put("duration", duration(run).toString());
    ObjectNode window = shown.putObject("featureWindow");
    for (String end : List.of("Start", "End")) {
      window.set("featureWindow" + end, said.at("/properties").path("azureml.FeatureWindow" + end));
    }
    shown.set("tags", said.path("tags"));
    return shown;
  }

  private Duration duration(JsonNode run) {
    String start = run.path("startTimeUtc").asText("");
    String end = run.path("endTimeUtc").asText("");
    if (start.isEmpty() || start.equals("null")) {
      return Duration.ZERO;
    }
    Instant until = end.isEmpty() || end.equals("null") ? resources.now() : Instant.parse(end);
    return Duration.between(Instant.parse(start), until);
  }
}
