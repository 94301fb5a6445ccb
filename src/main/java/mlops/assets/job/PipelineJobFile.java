package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.ComputeField;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.UnsupportedField;
import mlops.assets.io.InputFields;
import mlops.assets.io.OutputFields;
import mlops.assets.io.Ports;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/** A pipeline job. */
public final class PipelineJobFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema type name display_name experiment_name description tags "
              + "properties settings compute identity inputs outputs jobs services "
              + "component");
  private static final List<String> SETTINGS_FIELDS =
      FieldNames.of(
          "default_datastore default_compute continue_on_step_failure force_rerun "
              + "on_init on_finalize continue_on_failed_optional_input");

  public static JobDraft read(FileSection file) {
    file.node().allow(FIELDS);
    UnsupportedField.fields(file.node(), "services");
    InputFields inputs = InputFields.of(file);
    OutputFields outputs = OutputFields.of(file);
    Optional<YamlNode> component = file.node().at("component");
    Ports ports = new Ports(inputs.ports(), outputs.ports(), true);
    PipelineJobs jobs = component.isPresent() ? PipelineJobs.none() : PipelineJobs.of(file, ports);
    RequestBody properties = CommandJobFile.common(file).put("jobType", "Pipeline");
    component.ifPresent(c -> component(file, c, properties));
    ObjectNode settings =
        file.in("settings").map(PipelineJobFile::settings).orElse(RequestBody.object());
    if (!settings.has("default_compute") && file.node().at("compute").isEmpty()) {
      jobs.requireCompute();
    }
    String source = component.isPresent() ? "REMOTE.WORKSPACE.JOB" : "YAML.JOB";
    properties
        .set("inputs", inputs.json())
        .set("outputs", outputs.json())
        .set("jobs", jobs.json())
        .set("settings", settings.put("_source", source));
    return JobDraft.of(file, properties, "pipeline", inputs, jobs);
  }

  /** A pipeline component that runs as it is, instead of jobs. */
  private static void component(FileSection file, YamlNode component, RequestBody properties) {
    if (file.node().at("jobs").isPresent()) {
      file.node().mistakeAt("jobs", "jobs and component exclude each other", "keep one of the two");
    }
    properties.set("componentId", ComponentField.of("", file, component, "pipeline").id());
  }

  private static ObjectNode settings(FileSection settings) {
    UnsupportedField.fields(
        settings.node(), "on_init", "on_finalize", "continue_on_failed_optional_input");
    RequestBody body = new RequestBody(settings);
    unknown(settings.node(), body);
    return body.with("default_compute", "default_compute", ComputeField::id)
        .with(
            "default_datastore",
            "default_datastore",
            node -> ReferenceFields.named(node, "datastores"))
        .flag("continue_on_step_failure", "continue_on_step_failure")
        .flag("force_rerun", "force_rerun")
        .json();
  }

  /** Azure's client sends what it does not know, and Azure passes over it. */
  private static void unknown(YamlNode settings, RequestBody body) {
    settings
        .entries()
        .forEach(
            (key, value) -> {
              if (!SETTINGS_FIELDS.contains(key)) {
                String what = "settings.%s does nothing: Azure ML has no such setting";
                settings.noteAt(
                    key, what.formatted(key), SpellingSuggestion.hint(key, SETTINGS_FIELDS));
                body.set(key, value.json());
              }
            });
  }

  private PipelineJobFile() {}
}
