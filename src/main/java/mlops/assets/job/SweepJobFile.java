package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.assets.field.CodeField;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.QueueField;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourcesField;
import mlops.assets.field.UnsupportedField;
import mlops.assets.file.EnvironmentFile;
import mlops.assets.io.CommandText;
import mlops.assets.io.InputFields;
import mlops.assets.io.OutputFields;
import mlops.assets.io.Ports;
import mlops.assets.task.DistributionField;
import mlops.assets.task.SweepFields;
import mlops.yaml.YamlNode;

/** A sweep job that stands alone. */
public final class SweepJobFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema type name display_name experiment_name description tags properties compute "
              + "identity inputs outputs trial resources queue_settings");
  private static final List<String> TRIAL_FIELDS =
      FieldNames.of("command code environment environment_variables distribution resources");

  public static JobDraft read(FileSection file) {
    file.node().allow(Stream.concat(FIELDS.stream(), SweepFields.FIELDS.stream()).toList());
    InputFields inputs = InputFields.of(file);
    OutputFields outputs = OutputFields.of(file);
    RequestBody properties =
        CommandJobFile.common(file)
            .put("jobType", "Sweep")
            .set("inputs", inputs.json())
            .set("outputs", outputs.json());
    SweepFields.job(file, properties);
    Optional<YamlNode> trial = file.node().required("trial");
    trial
        .filter(YamlNode::isScalar)
        .ifPresent(t -> UnsupportedField.report(t, "trial that is a component"));
    trial
        .filter(YamlNode::isMap)
        .map(t -> trial(file.at(t), new Ports(inputs.ports(), outputs.ports(), true)))
        .ifPresent(
            json -> {
              properties.set("trial", json);
              Optional.ofNullable(json.get("resources"))
                  .ifPresent(r -> properties.set("resources", r));
            });
    file.in("resources").ifPresent(r -> properties.set("resources", ResourcesField.job(r)));
    file.in("queue_settings").ifPresent(q -> properties.set("queueSettings", QueueField.job(q)));
    return JobDraft.of(file, properties, "sweep", inputs, PipelineJobs.none());
  }

  private static ObjectNode trial(FileSection trial, Ports ports) {
    trial.node().allow(TRIAL_FIELDS);
    RequestBody body =
        new RequestBody(trial)
            .required("command", "command")
            .with("code", "codeId", code -> CodeField.id(trial, code))
            .textsIfAny("environment_variables", "environmentVariables");
    trial.node().at("command").ifPresent(command -> CommandText.check(command, ports));
    trial
        .node()
        .required("environment")
        .flatMap(environment -> EnvironmentFile.id(trial, environment))
        .ifPresent(id -> body.set("environmentId", id));
    trial.in("distribution").ifPresent(d -> body.set("distribution", DistributionField.job(d)));
    trial.in("resources").ifPresent(r -> body.set("resources", ResourcesField.job(r)));
    return body.json();
  }

  private SweepJobFile() {}
}
