package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.io.Binding;
import mlops.assets.io.DataModes;
import mlops.assets.io.OutputFields;
import mlops.assets.io.PipelineBindings;
import mlops.assets.io.Port;
import mlops.assets.io.Ports;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/** The outputs of a job of a pipeline. */
final class ChildOutputs {
  private final ChildJob job;
  private final PipelineBindings bindings;
  private final ObjectNode json = RequestBody.object();
  private final ObjectNode spec = RequestBody.object();
  private final Map<String, Port> ports = new LinkedHashMap<>();

  private ChildOutputs(ChildJob job, PipelineBindings bindings) {
    this.job = job;
    this.bindings = bindings;
  }

  static ChildOutputs of(ChildJob job, PipelineBindings bindings) {
    ChildOutputs outputs = new ChildOutputs(job, bindings);
    Ports declared = job.declared();
    job.source()
        .node()
        .map("outputs")
        .ifPresent(
            map -> {
              AssetNames.KEY.checkKeys(map);
              map.entries()
                  .forEach(
                      (name, node) -> {
                        check(map, name, declared);
                        outputs.add(name, node);
                      });
            });
    return outputs;
  }

  /** What others may bind to, as far as the file says it; mistakes are reported elsewhere. */
  static Ports ports(FileSection job, Ports pipeline) {
    Map<String, Port> out = new LinkedHashMap<>();
    if (job.node().at("outputs").filter(YamlNode::isMap).isPresent()) {
      job.node()
          .map("outputs")
          .map(YamlNode::entries)
          .orElse(Map.of())
          .forEach((name, node) -> out.put(name, port(node, pipeline)));
    }
    return new Ports(Map.of(), out, true);
  }

  ObjectNode json() {
    return json;
  }

  Map<String, Port> ports() {
    return ports;
  }

  void addTo(RequestBody component) {
    if (!spec.isEmpty()) {
      component.set("outputs", spec);
    }
  }

  private static Port port(YamlNode node, Ports pipeline) {
    Port bound =
        binding(node)
            .flatMap(Binding::output)
            .map(name -> pipeline.outputs().getOrDefault(name, Port.FOLDER))
            .orElse(Port.FOLDER);
    return node.isMap() && node.at("type").isPresent() ? OutputFields.port(node) : bound;
  }

  private static Optional<Binding> binding(YamlNode node) {
    Optional<YamlNode> text = node.isMap() ? node.at("path") : Optional.of(node);
    return text.filter(t -> t.isScalar() && !t.isNull())
        .flatMap(YamlNode::asText)
        .flatMap(Binding::of);
  }

  private static void check(YamlNode map, String name, Ports declared) {
    if (declared.known() && !declared.outputs().containsKey(name)) {
      String what = "%s: the component has no output %s".formatted(map.name(), name);
      map.mistakeAt(name, what, SpellingSuggestion.hint(name, declared.outputs().keySet()));
    }
  }

  private void add(String name, YamlNode node) {
    Optional<Binding> binding = binding(node);
    if (node.isNull()) {
      declare(name, Port.FOLDER);
    } else if (binding.isPresent()) {
      bound(name, node, binding.get());
    } else if (node.isMap()) {
      Port port = OutputFields.port(node);
      declare(name, port);
      json.set(name, OutputFields.body(job.source().at(node), port, "job_output_type", "name"));
    } else {
      node.mistake(
          "%s is %s".formatted(node.name(), node.words()), "write ${{parent.outputs.NAME}}");
      declare(name, Port.FOLDER);
    }
  }

  private void bound(String name, YamlNode node, Binding binding) {
    Port port = bindings.output(node, binding).orElse(Port.FOLDER);
    ObjectNode body = RequestBody.object().put("value", binding.text()).put("type", "literal");
    if (node.isMap()) {
      Port own = OutputFields.port(node);
      port = new Port(node.at("type").isPresent() ? own.type() : port.type(), own.mode(), false);
      node.at("mode").flatMap(DataModes.OUTPUT::of).ifPresent(mode -> body.put("mode", mode));
    }
    declare(name, port);
    json.set(name, body);
  }

  private void declare(String name, Port port) {
    ports.put(name, port);
    ObjectNode declaration = RequestBody.object().put("type", port.type());
    port.mode().ifPresent(mode -> declaration.put("mode", mode));
    spec.set(name, declaration);
  }
}
