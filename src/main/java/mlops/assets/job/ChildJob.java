package mlops.assets.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mlops.assets.field.ComputeField;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UnsupportedField;
import mlops.assets.io.PipelineBindings;
import mlops.assets.io.Ports;
import mlops.yaml.YamlNode;

/**
 * A job of a pipeline.
 *
 * @param kind what its file says: {@code command}, {@code sweep}, …
 * @param runs what it runs; empty where it says so itself
 */
record ChildJob(String name, String kind, FileSection source, Optional<ComponentField> runs) {
  private static final EnumMapping TYPE =
      EnumMapping.same("command", "pipeline", "parallel", "spark", "sweep");
  private static final List<String> FIELDS =
      FieldNames.of(
          "type name display_name description tags properties comment experiment_name compute "
              + "inputs outputs environment_variables");

  static ChildJob of(String name, FileSection source) {
    YamlNode node = source.node();
    String kind = node.at("type").flatMap(TYPE::of).orElse("command");
    boolean sweep = kind.equals("sweep");
    Optional<ComponentField> runs =
        node.at(sweep ? "trial" : "component")
            .map(c -> ComponentField.of(name, source, c, sweep ? "command" : kind));
    return new ChildJob(name, kind, source, runs);
  }

  /** Whether this is a kind of job that mlops builds; otherwise a mistake says so. */
  static boolean isBuilt(FileSection source) {
    Optional<YamlNode> type = source.node().at("type");
    return type.isEmpty()
        || type.flatMap(t -> UnsupportedField.check(t, UnsupportedJobTypes.OTHER, TYPE))
            .isPresent();
  }

  /** What its component declares, but for what a sweep tries out itself. */
  Ports declared() {
    Set<String> tried =
        source.node().at("search_space").map(space -> space.entries().keySet()).orElse(Set.of());
    return runs.map(ComponentField::ports).orElse(Ports.UNKNOWN).without(tried);
  }

  /** What others may bind to. */
  Ports outputs(Ports pipeline) {
    return runs.map(ComponentField::ports).orElseGet(() -> ChildOutputs.ports(source, pipeline));
  }

  /** Whether this job needs machines of its own. */
  boolean needsCompute() {
    return !List.of("pipeline", "spark").contains(type()) && source.node().at("compute").isEmpty();
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
    ChildFields.add(this, body);
    return component(body, inputs, outputs).json();
  }

  private RequestBody component(RequestBody body, ChildInputs inputs, ChildOutputs outputs) {
    body.put("_source", runs.map(ComponentField::source).orElse("YAML.JOB"));
    JsonNode id = runs.map(ComponentField::id).orElseGet(() -> inline(inputs, outputs));
    return kind.equals("sweep")
        ? body.set("trial", RequestBody.object().set("componentId", id))
        : body.set("componentId", id);
  }

  /** The component that a job becomes that says itself what it runs. */
  private JsonNode inline(ChildInputs inputs, ChildOutputs outputs) {
    RequestBody spec =
        new RequestBody(source)
            .put("name", ComponentFile.ANONYMOUS)
            .put("version", "1")
            .put("type", type())
            .put("display_name", name)
            .put("is_deterministic", true)
            .put("_source", "YAML.JOB")
            .text("description", "description")
            .textsIfAny("tags", "tags");
    inputs.addTo(spec);
    outputs.addTo(spec);
    ChildFields.inline(this, new Ports(inputs.ports(), outputs.ports(), true), spec);
    ObjectNode request = ComponentFile.body(source, spec.json());
    ResourceDraft draft = ResourceDraft.anonymous("components", ComponentFile.ANONYMOUS, request);
    return ReferenceFields.pojo(new UnresolvedReference.Made(draft));
  }

  private void checkFields() {
    YamlNode node = source.node();
    String component = kind.equals("sweep") ? "trial" : "component";
    List<String> fields = new ArrayList<>(FIELDS);
    fields.addAll(ChildFields.of(kind));
    fields.add(component);
    if (runs.isPresent() && type().equals("command")) {
      for (String own : List.of("command", "code", "environment")) {
        if (node.at(own).isPresent()) {
          String what = "%s has both component and %s".formatted(node.name(), own);
          node.mistakeAt(own, what, "a component brings its own " + own);
        }
      }
    }
    if (kind.equals("sweep")) {
      node.required("trial");
    }
    node.allow(fields);
  }

  String type() {
    return kind.equals("sweep") ? kind : runs.map(ComponentField::type).orElse(kind);
  }
}
