package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.assets.field.AssetNames;
import mlops.assets.field.CodeField;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.ResourcesField;
import mlops.assets.field.UnsupportedField;
import mlops.assets.file.EnvironmentFile;
import mlops.assets.io.CommandText;
import mlops.assets.io.ComponentPorts;
import mlops.assets.io.Ports;
import mlops.assets.task.DistributionField;
import mlops.assets.task.ParallelFields;
import mlops.assets.task.SparkFields;
import mlops.yaml.YamlNode;

/** A command or pipeline component: {@code az ml component create --file}, and inline. */
public final class ComponentFile {
  private static final List<String> PIPELINE_FIELDS =
      FieldNames.of(
          "$schema type name version display_name description tags properties "
              + "inputs outputs jobs is_deterministic id auto_delete_setting");
  private static final List<String> COMMAND_FIELDS =
      FieldNames.of("command code environment resources distribution queue_settings");

  /** The name of all components that only one job uses; their content is their version. */
  static final String ANONYMOUS = "azureml_anonymous";

  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema type name version display_name description tags properties inputs outputs "
              + "is_deterministic additional_includes id auto_delete_setting");

  private static final EnumMapping TYPE =
      EnumMapping.same("command", "pipeline", "parallel", "spark");

  /** The component itself, under its own name. */
  public static ResourceDraft draft(FileSection file) {
    ParsedComponent component = read(file, Optional.empty());
    String name = file.name(AssetNames.COMPONENT);
    ObjectNode body = component.draft().body();
    ((ObjectNode) body.path("properties")).put("isAnonymous", false);
    ObjectNode spec = component.spec();
    spec.put("name", name).remove("version");
    file.version().ifPresent(version -> spec.put("version", version));
    return ResourceDraft.versioned("components", name, file.version(), body);
  }

  /**
   * A component that a job brings along.
   *
   * @param job the name of the job that holds it; empty where it has a file of its own
   */
  static ParsedComponent read(FileSection file, Optional<String> job) {
    if (UnsupportedField.refuses(file.node(), "type", UnsupportedJobTypes.OTHER)) {
      return ParsedComponent.unknown(file.node().text("type").orElse(""));
    }
    String type =
        file.node()
            .at("type")
            .flatMap(t -> UnsupportedField.check(t, UnsupportedJobTypes.OTHER, TYPE))
            .orElse(file.node().at("jobs").isPresent() ? "pipeline" : "command");
    ComponentPorts ports = ComponentPorts.of(file);
    RequestBody spec = spec(file, job).put("type", type);
    ports.addTo(spec);
    fields(type, file, ports.ports(), spec);
    return new ParsedComponent(
        type,
        ResourceDraft.anonymous("components", ANONYMOUS, body(file, spec.json())),
        ports.ports(),
        file.in("distribution").map(DistributionField::node));
  }

  private static void fields(String type, FileSection file, Ports ports, RequestBody spec) {
    switch (type) {
      case "pipeline" -> pipeline(file, ports, spec);
      case "parallel" -> {
        program(file, ParallelFields.FIELDS, spec);
        ParallelFields.spec(file, spec);
      }
      case "spark" -> {
        program(file, SparkFields.FIELDS, spec);
        SparkFields.spec(file, spec);
      }
      default -> {
        program(file, COMMAND_FIELDS, spec);
        commandFields(file, ports, spec);
      }
    }
  }

  private static RequestBody spec(FileSection file, Optional<String> job) {
    RequestBody spec =
        new RequestBody(file)
            .text("$schema", "$schema")
            .put("name", ANONYMOUS)
            .put("version", "1")
            .text("description", "description")
            .textsIfAny("tags", "tags");
    job.ifPresent(name -> spec.put("display_name", name));
    return spec.text("display_name", "display_name")
        .put("_source", job.isPresent() ? "YAML.JOB" : "YAML.COMPONENT");
  }

  /** The request that creates a component that only one job uses. */
  static ObjectNode body(FileSection file, ObjectNode spec) {
    ObjectNode properties =
        new RequestBody(file)
            .text("description", "description")
            .texts("properties", "properties")
            .texts("tags", "tags")
            .put("isAnonymous", true)
            .put("isArchived", false)
            .set("componentSpec", spec)
            .json();
    return RequestBody.object().set("properties", properties);
  }

  private static void pipeline(FileSection file, Ports ports, RequestBody spec) {
    file.node().allow(PIPELINE_FIELDS);
    UnsupportedField.fields(file.node(), "id", "auto_delete_setting");
    spec.flag("is_deterministic", "is_deterministic");
    PipelineJobs jobs = PipelineJobs.of(file, ports);
    spec.set("jobs", jobs.json());
  }

  private static void program(FileSection file, List<String> fields, RequestBody spec) {
    file.node().allow(Stream.concat(FIELDS.stream(), fields.stream()).toList());
    UnsupportedField.fields(file.node(), "queue_settings", "id", "auto_delete_setting");
    spec.put("is_deterministic", true)
        .flag("is_deterministic", "is_deterministic")
        .list("additional_includes", "additional_includes");
  }

  /** What components of a file and jobs of a pipeline say in the same words. */
  static void commandFields(FileSection source, Ports ports, RequestBody spec) {
    YamlNode node = source.node();
    spec.required("command", "command");
    node.at("command").ifPresent(command -> CommandText.check(command, ports));
    spec.with("code", "code", code -> CodeField.id(source, code).map(ReferenceFields::prefixed));
    node.required("environment")
        .flatMap(environment -> EnvironmentFile.id(source, environment))
        .ifPresent(id -> spec.set("environment", ReferenceFields.prefixed(id)));
    source.in("resources").ifPresent(r -> spec.set("resources", ResourcesField.node(r)));
    source.in("distribution").ifPresent(d -> spec.set("distribution", DistributionField.spec(d)));
  }

  private ComponentFile() {}
}
