package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.assets.field.CodeField;
import mlops.assets.field.ComputeField;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.IdentityField;
import mlops.assets.field.QueueField;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourcesField;
import mlops.assets.field.ServicesField;
import mlops.assets.field.UnsupportedField;
import mlops.assets.file.EnvironmentFile;
import mlops.assets.io.CommandText;
import mlops.assets.io.InputFields;
import mlops.assets.io.OutputFields;
import mlops.assets.io.Ports;
import mlops.assets.task.DistributionField;
import mlops.yaml.YamlNode;

/** A command job that stands alone. */
public final class CommandJobFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema type name display_name experiment_name description tags "
              + "properties command code environment environment_variables compute "
              + "identity inputs outputs resources distribution limits services "
              + "queue_settings parent_job_name");

  public static JobDraft read(FileSection file) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    UnsupportedField.fields(node, "parent_job_name");
    InputFields inputs = InputFields.of(file);
    OutputFields outputs = OutputFields.of(file);
    RequestBody properties = common(file).put("jobType", "Command").required("command", "command");
    Ports ports = new Ports(inputs.ports(), outputs.ports(), true);
    node.at("command").ifPresent(command -> CommandText.check(command, ports));
    node.required("environment")
        .flatMap(environment -> EnvironmentFile.id(file, environment))
        .ifPresent(id -> properties.set("environmentId", id));
    properties
        .with("code", "codeId", code -> CodeField.id(file, code))
        .textsIfAny("environment_variables", "environmentVariables")
        .set("inputs", inputs.json())
        .set("outputs", outputs.json());
    file.in("resources").ifPresent(r -> properties.set("resources", ResourcesField.job(r)));
    file.in("distribution")
        .ifPresent(d -> properties.set("distribution", DistributionField.job(d)));
    file.in("services").ifPresent(s -> properties.set("services", ServicesField.job(s)));
    file.in("queue_settings").ifPresent(q -> properties.set("queueSettings", QueueField.job(q)));
    file.in("limits").ifPresent(limits -> properties.set("limits", limits(limits)));
    return JobDraft.of(file, properties, "command", inputs, PipelineJobs.none());
  }

  /** What all jobs have. */
  static RequestBody common(FileSection file) {
    RequestBody properties =
        new RequestBody(file)
            .text("description", "description")
            .texts("properties", "properties")
            .texts("tags", "tags")
            .text("display_name", "displayName")
            .text("experiment_name", "experimentName")
            .put("isArchived", false)
            .with("compute", "computeId", ComputeField::id);
    file.in("identity").ifPresent(i -> properties.set("identity", IdentityField.job(i)));
    return properties;
  }

  private static ObjectNode limits(FileSection limits) {
    limits.node().allow("timeout");
    return new RequestBody(limits)
        .put("jobLimitsType", "Command")
        .seconds("timeout", "timeout", 1)
        .json();
  }

  private CommandJobFile() {}
}
