package mlops.emulator.ml.job;

import com.fasterxml.jackson.databind.JsonNode;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.resource.MlErrors;

/** Checks a Spark job as Azure does when it is submitted. */
final class SparkCheck {
  private final AssetReferences references;

  SparkCheck(AssetReferences references) {
    this.references = references;
  }

  /**
   * Checks a job that is no step of a pipeline.
   *
   * @throws ApiException 400 or 404 where it lacks something, 501 for a class of Scala
   */
  void check(String workspace, JsonNode job) {
    entry(job);
    require(job, "codeId");
    if (job.at("/entry/file").asText().isEmpty()) {
      throw MlErrors.userError(400, "The field properties.entry.file is required.");
    }
    references.require(workspace, AssetType.CODES, job.path("codeId").asText());
    String environment = job.path("environmentId").asText();
    if (!environment.isEmpty()) {
      references.require(workspace, AssetType.ENVIRONMENTS, environment);
    }
  }

  /** Asks that what is run is a file of Python. */
  static void entry(JsonNode job) {
    JsonNode entry = job.path("entry");
    String type =
        entry.path("sparkJobEntryType").asText(entry.path("spark_job_entry_type").asText());
    if (type.equals("SparkJobScalaEntry") || entry.hasNonNull("className")) {
      throw ApiException.notImplemented(
          "The embedded Azure runs Python files on Spark (entry.file), not classes of Scala (entry.className).");
    }
  }

  /**
   * Asks that Spark programs run on attached pools of Spark, and nothing else does.
   *
   * @throws ApiException 400
   */
  static void compute(boolean spark, JsonNode compute) {
    String type = compute.at("/properties/computeType").asText();
    if (spark != type.equals("SynapseSpark")) {
      throw MlErrors.userError(
          400,
          "Spark jobs run on attached Synapse Spark pools or serverless (resources), other jobs on other computes: '%s' is of type %s."
              .formatted(compute.path("name").asText(), type));
    }
  }

  private static void require(JsonNode job, String field) {
    if (job.path(field).asText().isEmpty()) {
      throw MlErrors.userError(400, "The field properties.%s is required.".formatted(field));
    }
  }
}
