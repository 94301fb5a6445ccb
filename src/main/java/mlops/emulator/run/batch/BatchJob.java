package mlops.emulator.run.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.JobId;

/**
 * A batch scoring job: an invocation of a deployment.
 *
 * @param deployment the properties of the deployment
 * @param invocation what it is to score, and where to
 */
public record BatchJob(JsonNode deployment, ObjectNode invocation, ScoreSettings settings) {

  public static BatchJob of(Job job, ObjectNode invocation) {
    String id = invocation.path("deploymentId").asText();
    JsonNode deployment =
        job.services()
            .state()
            .read(id)
            .orElseThrow(() -> JobFailure.user("Deployment %s was not found.".formatted(id)))
            .path("properties");
    return new BatchJob(
        deployment, invocation, ScoreSettings.of(deployment, invocation.path("overrides")));
  }

  InputValue.Data input() {
    JsonNode input = invocation.path("input");
    return (InputValue.Data)
        JobFields.value(input)
            .filter(v -> v instanceof InputValue.Data)
            .orElseThrow(() -> JobFailure.user("The invocation has no input data."));
  }

  /** The model's id, or empty where the deployment has none. */
  String model() {
    JsonNode model = deployment.path("model");
    return model.isTextual() ? model.asText() : JobFields.text(model, "assetId", "path", "id");
  }

  String compute() {
    JsonNode overridden = invocation.path("overrides").path("compute").path("target");
    return overridden.isTextual() ? overridden.asText() : JobFields.text(deployment, "compute");
  }

  /** Where the results go, as a URI: where the invocation says, else the job's own folder. */
  String output(JobId job) {
    JsonNode output = invocation.path("output");
    String datastore = JobFields.text(output, "datastoreId");
    String path = JobFields.text(output, "path").replaceFirst("^/+", "");
    if (datastore.isEmpty()) {
      return JobFields.optional(output, "uri")
          .orElse(
              "azureml://datastores/workspaceblobstore/paths/azureml/" + job.name() + "/score/");
    }
    String name = datastore.substring(datastore.lastIndexOf('/') + 1);
    return "azureml://datastores/" + name + "/paths/" + path;
  }
}
