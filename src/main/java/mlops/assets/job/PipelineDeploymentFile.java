package mlops.assets.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UnsupportedField;
import mlops.assets.file.BatchDeploymentFile;
import mlops.yaml.YamlNode;

/**
 * A batch deployment of a pipeline component, or of a pipeline job: {@code az ml batch-deployment
 * create --file}.
 */
public final class PipelineDeploymentFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name endpoint_name description tags type component job_definition settings");

  /** Whether a file of a batch deployment describes one of these. */
  public static boolean isOne(YamlNode file) {
    return file.at("component").isPresent()
        || file.at("job_definition").isPresent()
        || file.text("type").filter("pipeline"::equalsIgnoreCase).isPresent();
  }

  public static ResourceDraft draft(FileSection file) {
    file.node().allow(FIELDS);
    return BatchDeploymentFile.draft(file, properties(file));
  }

  /** What says how a model is scored has no meaning here, and is sent all the same. */
  private static ObjectNode properties(FileSection file) {
    return new RequestBody(file)
        .text("description", "description")
        .set("deploymentConfiguration", configuration(file))
        .put("errorThreshold", -1L)
        .put("maxConcurrencyPerInstance", 1L)
        .put("miniBatchSize", 10L)
        .put("outputFileName", "predictions.csv")
        .json();
  }

  private static JsonNode configuration(FileSection file) {
    RequestBody configuration =
        new RequestBody(file)
            .put("deploymentConfigurationType", "PipelineComponent")
            .values("settings", "settings");
    component(file).ifPresent(id -> configuration.set("componentId", ReferenceFields.asset(id)));
    return configuration.json();
  }

  /** The component that is named, or one that the service makes of the job that is. */
  private static Optional<JsonNode> component(FileSection file) {
    Optional<YamlNode> job = file.node().at("job_definition");
    if (job.isPresent() && file.node().at("component").isEmpty()) {
      return job(job.get());
    }
    return file.node()
        .required("component")
        .map(component -> ComponentField.of("", file, component, "pipeline").id());
  }

  private static Optional<JsonNode> job(YamlNode job) {
    if (job.isMap()) {
      UnsupportedField.report(job, "a job that stands in job_definition");
      return Optional.empty();
    }
    ObjectNode body = RequestBody.object();
    ObjectNode properties = body.putObject("properties");
    properties.put("isAnonymous", true).put("isArchived", false);
    ObjectNode spec = properties.putObject("componentSpec");
    spec.put("name", ComponentFile.ANONYMOUS).put("version", "1").put("type", "pipeline");
    return ReferenceFields.named(job, "jobs")
        .map(id -> spec.set("sourceJobId", id))
        .map(made -> ResourceDraft.anonymous("components", ComponentFile.ANONYMOUS, body))
        .map(draft -> ReferenceFields.pojo(new UnresolvedReference.Made(draft)));
  }

  private PipelineDeploymentFile() {}
}
