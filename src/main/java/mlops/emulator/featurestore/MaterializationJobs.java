package mlops.emulator.featurestore;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.ml.job.Jobs;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** The jobs that materialise feature sets, as clients find them among the jobs of the store. */
final class MaterializationJobs {
  /** The property of a job that says what it materialises for. */
  static final String TYPE = "azureml.FeatureStoreJobType";

  private static final String RECURRENT = "RecurrentMaterialization";
  private static final String BACKFILL = "BackfillMaterialization";

  private final MlResources resources;
  private final RunDocuments runs;

  MaterializationJobs(MlResources resources, RunDocuments runs) {
    this.resources = resources;
    this.runs = runs;
  }

  /** A name for a job that backfills a version. */
  static String backfillName(String version) {
    String hex = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    return "Featurestore-Materialization-BackfillJob-%s-%s"
        .formatted(SetFeatures.label(version).replace(':', '-'), hex);
  }

  /**
   * Writes the documents of a job that is to start; inside {@code exclusively}.
   *
   * @param window what it materialises, with the job's name
   * @param asked what the request says of it: displayName, description, tags, resource, …
   */
  void create(ObjectNode version, AvailabilityInterval window, JsonNode asked, Caller caller) {
    String id = version.path("id").asText();
    String store = MlPaths.workspaceOf(id);
    ObjectNode properties = properties(version, window, asked);
    resources
        .state()
        .write(
            store + "/materializations/" + window.job(),
            Json.object()
                .put("id", store + "/materializations/" + window.job())
                .put("name", window.job())
                .put("featureSet", id)
                .put("start", window.start().toString())
                .put("end", window.end().toString()));
    runs.create(store, window.job(), properties);
    resources.put(
        store + "/jobs/" + window.job(),
        Jobs.TYPE,
        caller,
        Json.object().set("properties", properties));
  }

  private static ObjectNode properties(
      ObjectNode version, AvailabilityInterval window, JsonNode asked) {
    String[] label = SetFeatures.label(version.path("id").asText()).split(":");
    ObjectNode job = Json.object().put("jobType", "Spark");
    job.put("displayName", asked.path("displayName").asText(window.job()));
    job.put("experimentName", label[0]).put("isArchived", false);
    if (asked.has("description")) {
      job.set("description", asked.get("description"));
    }
    job.put( // a name alone: what runs is no Spark
        "codeId",
        MlPaths.workspaceOf(version.path("id").asText())
            + "/codes/featurestore-materialization/versions/1");
    job.putObject("entry")
        .put("sparkJobEntryType", "SparkJobPythonEntry")
        .put("file", "materialize.py");
    JsonNode settings = version.at("/properties/materializationSettings");
    job.set("conf", first(asked.path("sparkConfiguration"), settings.path("sparkConfiguration")));
    ObjectNode machine = first(asked.path("resource"), settings.path("resource"));
    job.set("resources", machine.put("runtimeVersion", "3.4"));
    tags(job.putObject("tags"), label, window, asked);
    job.putObject("properties")
        .put(TYPE, isRecurrent(asked) ? RECURRENT : BACKFILL)
        .put("azureml.FeatureSetName", label[0])
        .put("azureml.FeatureSetVersion", label[1])
        .put("azureml.FeatureWindowStart", window.start().toString())
        .put("azureml.FeatureWindowEnd", window.end().toString());
    return job;
  }

  private static void tags(
      ObjectNode tags, String[] label, AvailabilityInterval window, JsonNode asked) {
    if (asked.path("tags") instanceof ObjectNode own) {
      tags.setAll(own);
    }
    tags.put("featuresetName", label[0]).put("featuresetVersion", label[1]);
    tags.put("featureWindowStart", window.start().toString());
    tags.put("featureWindowEnd", window.end().toString());
    tags.put("isBackfill", String.valueOf(!isRecurrent(asked)));
  }

  /** Whether a schedule asks. */
  private static boolean isRecurrent(JsonNode asked) {
    return asked.path("properties").path(TYPE).asText().equals(RECURRENT);
  }

  private static ObjectNode first(JsonNode asked, JsonNode otherwise) {
    return asked instanceof ObjectNode own
        ? own.deepCopy()
        : otherwise instanceof ObjectNode of ? of.deepCopy() : Json.object();
  }

  /** The window of a job of a version. */
  static AvailabilityInterval window(JsonNode materialization) {
    return new AvailabilityInterval(
        Instant.parse(materialization.path("start").asText()),
        Instant.parse(materialization.path("end").asText()),
        AvailabilityInterval.PENDING,
        materialization.path("name").asText());
  }
}
