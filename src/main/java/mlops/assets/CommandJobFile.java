package mlops.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import mlops.yaml.YamlNode;

/** A command job that stands alone. */
final class CommandJobFile {
  private static final List<String> FIELDS =
      Fields.of(
          "$schema type name display_name experiment_name description tags "
              + "properties command code environment environment_variables compute "
              + "identity inputs outputs resources distribution limits services "
              + "queue_settings parent_job_name");

  static JobFile.Job read(Source file) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    NotBuilt.fields(node, "services", "queue_settings", "parent_job_name");
    JobInputs inputs = JobInputs.of(file);
    JobOutputs outputs = JobOutputs.of(file);
    Body properties = common(file).put("jobType", "Command").required("command", "command");
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
    file.in("resources").ifPresent(r -> properties.set("resources", Resources.job(r)));
    file.in("distribution").ifPresent(d -> properties.set("distribution", Distribution.job(d)));
    file.in("limits").ifPresent(limits -> properties.set("limits", limits(limits)));
    ObjectNode body = Body.object().set("properties", properties.json());
    return JobFile.Job.of(file, body, "command", inputs, PipelineJobs.none());
  }

  /** What all jobs have. */
  static Body common(Source file) {
    Body properties =
        new Body(file)
            .text("description", "description")
            .texts("properties", "properties")
            .texts("tags", "tags")
            .text("display_name", "displayName")
            .text("experiment_name", "experimentName")
            .put("isArchived", false)
            .with("compute", "computeId", Computes::id);
    file.in("identity").ifPresent(i -> properties.set("identity", Identities.job(i)));
    return properties;
  }

  private static ObjectNode limits(Source limits) {
    limits.node().allow("timeout");
    return new Body(limits).put("jobLimitsType", "Command").seconds("timeout", "timeout", 1).json();
  }

  private CommandJobFile() {}
}
