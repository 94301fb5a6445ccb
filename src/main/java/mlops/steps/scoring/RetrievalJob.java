package mlops.steps.scoring;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import mlops.assets.AssetFile;
import mlops.assets.AssetFileType;
import mlops.assets.AssetRequests;
import mlops.assets.FieldOverrides;
import mlops.assets.JobFile;
import mlops.azure.Azure;
import mlops.azure.ml.DatastoreFiles;
import mlops.azure.ml.DatastoreUri;
import mlops.azure.ml.JobAttempt;
import mlops.error.MlopsException;
import mlops.file.Hashes;
import mlops.profile.Profile;
import mlops.steps.RemoteWorkspaceLookup;

/**
 * The pipeline that gets the features of a model for what is to be scored: with the model that
 * scores and with what is scored as its inputs, on the cluster of the environment.
 *
 * @param file of the pipeline, with the inputs {@code input_model} and {@code observations} and the
 *     output {@code table}
 */
record RetrievalJob(
    Azure azure,
    Path file,
    String compute,
    ScoringEndpoint endpoint,
    RemoteWorkspaceLookup references,
    ScoringJob job) {
  private static final String MODEL = "input_model";
  private static final String OBSERVATIONS = "observations";

  /** A mistake in its file is reported before anything is sent. */
  static RetrievalJob of(
      Azure azure, Path file, Profile profile, ScoringEndpoint endpoint, ScoringJob job) {
    Path computes = endpoint.target().environment().compute();
    String compute = AssetFile.read(AssetFileType.COMPUTE, computes, FieldOverrides.none()).name();
    JobFile read = JobFile.read(file, FieldOverrides.none());
    List<String> missing =
        Stream.of(MODEL, OBSERVATIONS)
            .filter(input -> !read.outline().inputs().containsKey(input))
            .toList();
    if (!missing.isEmpty() || !read.outline().outputs().contains("table")) {
      throw MlopsException.invalid(
          "%s is no pipeline that retrieves features for scoring: it lacks the %s"
              .formatted(file, missing.isEmpty() ? "output table" : "input " + missing.get(0)),
          "Its inputs are input_model and observations, its output is table, a folder of what the endpoint scores.");
    }
    RemoteWorkspaceLookup references =
        new RemoteWorkspaceLookup(endpoint.workspace(), profile.location());
    return new RetrievalJob(azure, file, compute, endpoint, references, job);
  }

  /** Whether it is known what scores what. */
  boolean isReady() {
    return job.given().ifKnown().isPresent()
        && !endpoint.isYetPromoted()
        && endpoint.find().isPresent();
  }

  BehindDeployment model() {
    return new BehindDeployment(azure, endpoint.workspace(), endpoint.deployment());
  }

  /** What is submitted, but for where it writes. */
  AssetRequests translation() {
    return translate(inputs());
  }

  /**
   * What is submitted.
   *
   * @param force whether nothing of an earlier run may be reused
   */
  AssetRequests translation(String name, boolean force) {
    FieldOverrides all = inputs().with("outputs.table.path", place(name).toString());
    return translate(force ? all.with("settings.force_rerun", BooleanNode.TRUE) : all);
  }

  /** Where the job of a name writes what is scored. */
  static DatastoreUri place(String name) {
    return new DatastoreUri("workspaceblobstore", "retrieved/" + name);
  }

  /**
   * The name of its first try, {@code EXPERIMENT-HASH}: the same of the same model, pipeline and
   * content of what is to be scored.
   */
  String baseName() {
    AssetRequests plain = translation();
    String experiment =
        plain.resource().body().path("properties").path("experimentName").asText("retrieval");
    String content =
        DatastoreUri.parse(job.given().get().uri())
            .map(place -> new DatastoreFiles(endpoint.workspace()).fingerprint(place))
            .orElse("");
    return JobAttempt.baseName(experiment, Hashes.md5(plain.hash() + content));
  }

  private FieldOverrides inputs() {
    ScoringInput given = job.given().get();
    return FieldOverrides.none()
        .with("settings.default_compute", "azureml:" + compute)
        .with("inputs." + MODEL, input("custom_model", model().reference()))
        .with(
            "inputs." + OBSERVATIONS,
            input(given.isFolder() ? "uri_folder" : "uri_file", given.uri()));
  }

  private static ObjectNode input(String type, String path) {
    return JsonNodeFactory.instance.objectNode().put("type", type).put("path", path);
  }

  private AssetRequests translate(FieldOverrides overrides) {
    return JobFile.read(file, overrides).translate(references);
  }
}
