package mlops.assets.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.RequestBody;
import mlops.assets.io.Binding;
import mlops.assets.io.DataModes;
import mlops.assets.io.InputFields;
import mlops.assets.io.Literal;
import mlops.assets.io.PipelineBindings;
import mlops.assets.io.Port;
import mlops.assets.io.Ports;
import mlops.assets.io.PythonText;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/** The inputs of a job of a pipeline: bindings, values, and data from somewhere. */
final class ChildInputs {
  private static final String TYPE = "job_input_type";

  private final ChildJob job;
  private final PipelineBindings bindings;
  private final Ports declared;
  private final ObjectNode json = RequestBody.object();
  private final ObjectNode spec = RequestBody.object();
  private final Map<String, Port> ports = new LinkedHashMap<>();

  private ChildInputs(ChildJob job, PipelineBindings bindings) {
    this.job = job;
    this.bindings = bindings;
    this.declared = job.declared();
  }

  static ChildInputs of(ChildJob job, PipelineBindings bindings) {
    ChildInputs inputs = new ChildInputs(job, bindings);
    Optional<YamlNode> map = job.source().node().map("inputs");
    map.ifPresent(
        node -> {
          AssetNames.KEY.checkKeys(node);
          node.entries().forEach((name, value) -> inputs.add(node, name, value));
        });
    inputs.checkNeeded();
    return inputs;
  }

  ObjectNode json() {
    return json;
  }

  Map<String, Port> ports() {
    return ports;
  }

  /** Declares them in the spec of the component that the job becomes. */
  void addTo(RequestBody component) {
    if (!spec.isEmpty()) {
      component.set("inputs", spec);
    }
  }

  private void add(YamlNode map, String name, YamlNode node) {
    if (declared.known() && !declared.inputs().containsKey(name)) {
      // Azure's client drops it without a word
      String what = "%s.%s goes nowhere: the component has no such input";
      String hint = SpellingSuggestion.hint(name, declared.inputs().keySet());
      map.noteAt(name, what.formatted(map.name(), name), hint);
      return;
    }
    if (node.isNull()) {
      node.mistake(node.name() + " has no value", "give it one, or leave the input out");
      ports.put(name, Port.FOLDER);
      return;
    }
    YamlNode value = node.at("value").orElse(node);
    boolean data = node.isMap() && node.at("value").isEmpty();
    Optional<YamlNode> text = data ? node.at("path") : Optional.of(value);
    Optional<Binding> binding =
        text.filter(YamlNode::isScalar).flatMap(YamlNode::asText).flatMap(Binding::of);
    if (binding.isPresent()) {
      bound(name, node, text.get(), binding.get());
    } else if (data) {
      Port port = InputFields.data(node);
      declare(name, port);
      checkData(node, name, port);
      InputFields.data(job.source(), node, port, TYPE).ifPresent(body -> json.set(name, body));
    } else {
      literal(name, value);
    }
  }

  private void bound(String name, YamlNode node, YamlNode text, Binding binding) {
    Optional<Port> bound = bindings.input(job.name(), text, binding);
    ObjectNode body = InputFields.literal(binding.text(), TYPE);
    Port port = bound.orElse(Port.FOLDER);
    if (node.isMap()) {
      port = InputFields.data(node);
      node.at("mode").flatMap(DataModes.INPUT::of).ifPresent(mode -> body.put("mode", mode));
    }
    declare(name, port);
    bound.ifPresent(other -> checkData(text, name, other));
    json.set(name, body);
  }

  private void literal(String name, YamlNode value) {
    Optional<Port> port = Optional.ofNullable(declared.inputs().get(name));
    if (port.filter(Port::isData).isPresent()) {
      value.mistake(
          "%s is %s, expected %s".formatted(value.name(), value.words(), port.get().type()),
          "bind it, or write {type: %s, path: …}".formatted(port.get().type()));
      return;
    }
    Optional<String> text =
        port.isPresent() ? Literal.of(value, port.get().type()) : PythonText.of(value);
    String type = InputFields.typeOf(value);
    ports.put(name, new Port(type, Optional.empty(), false));
    text.ifPresent(
        t -> {
          spec.set(name, RequestBody.object().put("type", type).put("default", t));
          // as it is written: Azure turns it into the type that the component asks for
          PythonText.of(value).ifPresent(given -> json.set(name, InputFields.literal(given, TYPE)));
        });
  }

  private void declare(String name, Port port) {
    ports.put(name, port);
    ObjectNode declaration = RequestBody.object().put("type", port.type());
    if (port.isData()) {
      port.mode().ifPresent(mode -> declaration.put("mode", mode));
    }
    spec.set(name, declaration);
  }

  private void checkData(YamlNode node, String name, Port given) {
    Port asked = declared.inputs().get(name);
    if (asked != null && asked.isData() != given.isData()) {
      node.mistake("%s is %s, expected %s".formatted(node.name(), given.type(), asked.type()), "");
    }
  }

  private void checkNeeded() {
    YamlNode node = job.source().node();
    Map<String, YamlNode> given = node.map("inputs").map(YamlNode::entries).orElse(Map.of());
    declared
        .inputs()
        .forEach(
            (name, port) -> {
              if (port.needed() && !given.containsKey(name)) {
                String key = node.at("inputs").isPresent() ? "inputs" : "component";
                node.mistakeAt(
                    key,
                    "%s: the input %s of the component has no value".formatted(node.name(), name),
                    "it is neither optional nor has it a default");
              }
            });
  }
}
