package mlops.assets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A pipeline job. */
final class PipelineJobFile {
  private static final List<String> FIELDS =
      Fields.of(
          "$schema type name display_name experiment_name description tags "
              + "properties settings compute identity inputs outputs jobs services "
              + "component");
  private static final List<String> SETTINGS_FIELDS =
      Fields.of(
          "default_datastore default_compute continue_on_step_failure force_rerun "
              + "on_init on_finalize continue_on_failed_optional_input");

  static JobFile.Job read(Source file) {
    file.node().allow(FIELDS);
    NotBuilt.fields(file.node(), "services", "component");
    JobInputs inputs = JobInputs.of(file);
    JobOutputs outputs = JobOutputs.of(file);
    PipelineJobs jobs = PipelineJobs.of(file, new Ports(inputs.ports(), outputs.ports(), true));
    Body properties = CommandJobFile.common(file).put("jobType", "Pipeline");
    ObjectNode settings = file.in("settings").map(PipelineJobFile::settings).orElse(Body.object());
    if (!settings.has("default_compute") && file.node().at("compute").isEmpty()) {
      jobs.requireCompute();
    }
    properties
        .set("inputs", inputs.json())
        .set("outputs", outputs.json())
        .set("jobs", jobs.json())
        .set("settings", settings.put("_source", "YAML.JOB"));
    ObjectNode body = Body.object().set("properties", properties.json());
    return JobFile.Job.of(file, body, "pipeline", inputs, jobs);
  }

  private static ObjectNode settings(Source settings) {
    settings.node().allow(SETTINGS_FIELDS);
    NotBuilt.fields(settings.node(), "on_init", "on_finalize", "continue_on_failed_optional_input");
    return new Body(settings)
        .with("default_compute", "default_compute", Computes::id)
        .with("default_datastore", "default_datastore", node -> Ids.named(node, "datastores"))
        .flag("continue_on_step_failure", "continue_on_step_failure")
        .flag("force_rerun", "force_rerun")
        .json();
  }

  private PipelineJobFile() {}
}
