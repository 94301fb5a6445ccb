package mlops.assets.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.ComputeField;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FileSection;
import mlops.assets.field.IdentityField;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.ResourcesField;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UnsupportedField;
import mlops.assets.io.PipelineBindings;
import mlops.assets.io.Ports;
import mlops.yaml.YamlNode;

/**
 * A job of a pipeline.
 *
 * @param runs what it runs; empty where it says so itself
 */
record ChildJob(String name, FileSection source, Optional<ComponentField> runs) {
  private static final EnumMapping TYPE = EnumMapping.same("command", "pipeline");
  private static final List<String> FIELDS =
      List.of(
          "type",
          "name",
          "display_name",
          "description",
          "tags",
          "properties",
          "comment",
          "experiment_name",
          "compute",
          "inputs",
          "outputs",
          "environment_variables",
          "resources",
          "distribution",
          "limits",
          "identity",
          "services",
          "queue_settings");

  static ChildJob of(String name, FileSection source) {
    YamlNode node = source.node();
    Optional<ComponentField> runs =
        node.at("component").map(component -> ComponentField.of(name, source, component));
    return new ChildJob(name, source, runs);
  }

  /** Whether this is a kind of job that mlops builds; otherwise a mistake says so. */
  static boolean isBuilt(FileSection source) {
    Optional<YamlNode> type = source.node().at("type");
    return type.isEmpty()
        || type.flatMap(t -> UnsupportedField.check(t, UnsupportedJobTypes.OTHER, TYPE))
            .isPresent();
  }

  /** What others may bind to. */
  Ports outputs(Ports pipeline) {
    return runs.map(ComponentField::ports).orElseGet(() -> ChildOutputs.ports(source, pipeline));
  }

  /** Whether this job needs machines of its own. */
  boolean needsCompute() {
    return !type().equals("pipeline") && source.node().at("compute").isEmpty();
  }

  /** The job in the request of the pipeline. */
  ObjectNode json(PipelineBindings bindings) {
    checkFields();
    ChildInputs inputs = ChildInputs.of(this, bindings);
    ChildOutputs outputs = ChildOutputs.of(this, bindings);
    RequestBody body =
        new RequestBody(source)
            .put("name", name)
            .put("type", type())
            .text("display_name", "display_name")
            .textsIfAny("tags", "tags")
            .textsIfAny("properties", "properties")
            .text("comment", "comment")
            .with("compute", "computeId", ComputeField::id)
            .textsIfAny("environment_variables", "environment_variables");
    if (!inputs.json().isEmpty()) {
      body.set("inputs", inputs.json());
    }
    if (!outputs.json().isEmpty()) {
      body.set("outputs", outputs.json());
    }
    machines(body);
    return component(body, inputs, outputs).json();
  }

  private RequestBody component(RequestBody body, ChildInputs inputs, ChildOutputs outputs) {
    if (runs.isPresent()) {
      return body.put("_source", runs.get().source()).set("componentId", runs.get().id());
    }
    RequestBody spec =
        new RequestBody(source)
            .put("name", ComponentFile.ANONYMOUS)
            .put("version", "1")
            .put("type", "command")
            .put("display_name", name)
            .put("is_deterministic", true)
            .put("_source", "YAML.JOB")
            .text("description", "description")
            .textsIfAny("tags", "tags");
    inputs.addTo(spec);
    outputs.addTo(spec);
    Ports ports = new Ports(inputs.ports(), outputs.ports(), true);
    ComponentFile.commandFields(source, ports, spec);
    ObjectNode request = ComponentFile.body(source, spec.json());
    ResourceDraft draft = ResourceDraft.anonymous("components", ComponentFile.ANONYMOUS, request);
    return body.put("_source", "YAML.JOB")
        .reference("componentId", new UnresolvedReference.Made(draft));
  }

  private void machines(RequestBody body) {
    Optional<ParsedComponent> component = runs.flatMap(ComponentField::component);
    source
        .in("resources")
        .map(ResourcesField::node)
        .or(() -> component.flatMap(ParsedComponent::resources))
        .ifPresent(resources -> body.set("resources", resources));
    source
        .in("distribution")
        .map(DistributionField::node)
        .or(() -> component.flatMap(ParsedComponent::distribution))
        .ifPresent(distribution -> body.set("distribution", distribution));
    source.in("limits").ifPresent(limits -> body.set("limits", limits(limits)));
    source.in("identity").ifPresent(identity -> body.set("identity", IdentityField.node(identity)));
  }

  private static JsonNode limits(FileSection limits) {
    limits.node().allow("timeout");
    return new RequestBody(limits)
        .put("job_limits_type", "Command")
        .seconds("timeout", "timeout", 1)
        .json();
  }

  private void checkFields() {
    List<String> fields = new ArrayList<>(FIELDS);
    fields.addAll(
        runs.isPresent() ? List.of("component") : List.of("command", "code", "environment"));
    YamlNode node = source.node();
    if (runs.isPresent()) {
      for (String own : List.of("command", "code", "environment")) {
        if (node.at(own).isPresent()) {
          String what = "%s has both component and %s".formatted(node.name(), own);
          node.mistakeAt(own, what, "a component brings its own " + own);
          fields.add(own);
        }
      }
    }
    node.allow(fields);
    UnsupportedField.fields(node, "services", "queue_settings");
  }

  private String type() {
    return runs.map(ComponentField::type).orElse("command");
  }
}
