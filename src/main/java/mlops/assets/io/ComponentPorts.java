package mlops.assets.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.RequestBody;
import mlops.assets.field.UnsupportedField;
import mlops.yaml.YamlNode;

/** The inputs and outputs that a component declares. */
public final class ComponentPorts {
  private static final List<String> FIELDS =
      FieldNames.of("type optional description default min max enum");

  private static final EnumMapping INPUT_TYPE =
      types(Stream.of(Port.PRIMITIVE, Port.DATA, List.of(Port.PATH)));
  private static final EnumMapping OUTPUT_TYPE = types(Stream.of(Port.DATA, List.of(Port.PATH)));
  private static final EnumMapping OTHER_OUTPUT = types(Stream.of(Port.PRIMITIVE));

  private final ObjectNode inputs = RequestBody.object();
  private final ObjectNode outputs = RequestBody.object();
  private final Map<String, Port> in = new LinkedHashMap<>();
  private final Map<String, Port> out = new LinkedHashMap<>();

  private ComponentPorts() {}

  public static ComponentPorts of(FileSection component) {
    ComponentPorts ports = new ComponentPorts();
    each(component, "inputs").forEach((name, node) -> ports.input(component, name, node));
    each(component, "outputs").forEach((name, node) -> ports.output(component, name, node));
    return ports;
  }

  public Ports ports() {
    return new Ports(in, out, true);
  }

  /** Adds them to the spec of the component, left out where there are none. */
  public void addTo(RequestBody spec) {
    if (!inputs.isEmpty()) {
      spec.set("inputs", inputs);
    }
    if (!outputs.isEmpty()) {
      spec.set("outputs", outputs);
    }
  }

  private static EnumMapping types(Stream<List<String>> words) {
    return EnumMapping.same(words.flatMap(List::stream).toArray(String[]::new));
  }

  private static Map<String, YamlNode> each(FileSection component, String field) {
    Optional<YamlNode> map = component.node().map(field);
    map.ifPresent(AssetNames.KEY::checkKeys);
    return map.map(YamlNode::entries).orElse(Map.of());
  }

  private void input(FileSection component, String name, YamlNode node) {
    if (node.asMap().isEmpty()) {
      in.put(name, Port.FOLDER);
      return;
    }
    String type = node.required("type").flatMap(INPUT_TYPE::of).orElse("string");
    RequestBody body =
        new RequestBody(component.at(node)).put("type", type).flag("optional", "optional");
    body.text("description", "description");
    if (!Port.PRIMITIVE.contains(type)) {
      node.allow("type", "optional", "description", "default", "mode");
      body.text("default", "default").choice("mode", "mode", DataModes.INPUT_SPEC);
    } else {
      primitive(node, type, body);
    }
    inputs.set(name, body.json());
    boolean needed = !node.flag("optional").orElse(false) && node.at("default").isEmpty();
    in.put(
        name,
        new Port(type, Optional.ofNullable(body.json().get("mode")).map(m -> m.asText()), needed));
  }

  private static void primitive(YamlNode node, String type, RequestBody body) {
    if (type.equals("string")) {
      node.allow("type", "optional", "description", "default", "enum");
    } else if (type.equals("boolean")) {
      node.allow("type", "optional", "description", "default");
    } else {
      node.allow(FIELDS);
    }
    for (String field : new String[] {"default", "min", "max"}) {
      node.at(field)
          .flatMap(value -> Literal.of(value, type))
          .ifPresent(text -> body.put(field, text));
    }
    if (node.at("enum").isPresent()) {
      ArrayNode words = body.json().putArray("enum");
      node.list("enum").forEach(word -> Literal.of(word, type).ifPresent(words::add));
    }
  }

  private void output(FileSection component, String name, YamlNode node) {
    if (node.isNull() || node.asMap().isEmpty()) {
      out.put(name, Port.FOLDER);
      outputs.set(name, RequestBody.object().put("type", Port.FOLDER.type()));
      return;
    }
    node.allow("type", "description", "mode");
    String type =
        node.required("type")
            .flatMap(t -> UnsupportedField.check(t, OTHER_OUTPUT, OUTPUT_TYPE))
            .orElse("uri_folder");
    RequestBody body =
        new RequestBody(component.at(node)).put("type", type).text("description", "description");
    body.choice("mode", "mode", DataModes.OUTPUT_SPEC);
    outputs.set(name, body.json());
    out.put(
        name,
        new Port(type, Optional.ofNullable(body.json().get("mode")).map(m -> m.asText()), false));
  }
}
