package mlops.assets.io;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FileSection;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UploadFields;
import mlops.yaml.YamlNode;

/** The inputs of a job as it is submitted: values, and data or models from somewhere. */
public final class InputFields {
  private static final EnumMapping TYPE = EnumMapping.same(Port.DATA.toArray(String[]::new));

  private final ObjectNode json = RequestBody.object();
  private final Map<String, Port> ports = new LinkedHashMap<>();

  private InputFields() {}

  public static InputFields of(FileSection job) {
    InputFields inputs = new InputFields();
    Optional<YamlNode> map = job.node().map("inputs");
    map.ifPresent(AssetNames.KEY::checkKeys);
    map.map(YamlNode::entries)
        .orElse(Map.of())
        .forEach((name, node) -> inputs.add(job, name, node));
    return inputs;
  }

  public ObjectNode json() {
    return json;
  }

  public Map<String, Port> ports() {
    return ports;
  }

  private void add(FileSection job, String name, YamlNode node) {
    if (node.isNull()) {
      node.mistake(node.name() + " has no value", "give it one, or leave the input out");
      ports.put(name, Port.FOLDER);
    } else if (node.isMap() && node.at("value").isEmpty()) {
      Port port = data(node);
      ports.put(name, port);
      data(job, node, port, "jobInputType").ifPresent(body -> json.set(name, body));
    } else {
      YamlNode value = node.at("value").orElse(node);
      if (node.isMap()) {
        node.allow("value");
      }
      ports.put(name, new Port(typeOf(value), Optional.empty(), false));
      PythonText.of(value).ifPresent(text -> json.set(name, literal(text, "jobInputType")));
    }
  }

  public static ObjectNode literal(String text, String typeField) {
    return RequestBody.object().put(typeField, "literal").put("value", text);
  }

  /** What Azure takes a value for. */
  public static String typeOf(YamlNode value) {
    if (value.isFlag()) {
      return "boolean";
    }
    if (value.isInteger()) {
      return "integer";
    }
    return value.isScalar() && value.json().isNumber() ? "number" : "string";
  }

  /** The type and mode that an input of data or a model says it has. */
  public static Port data(YamlNode node) {
    node.allow("type", "path", "mode", "datastore", "description");
    Optional<String> word = node.text("type");
    if (word.isPresent() && Port.PRIMITIVE.contains(word.get())) {
      node.mistakeAt(
          "type",
          "%s.type is %s, expected data or a model".formatted(node.name(), word.get()),
          "write the value itself: %s: VALUE".formatted(last(node.name())));
      return new Port(word.get(), Optional.empty(), true);
    }
    String type = node.at("type").flatMap(TYPE::of).orElse("uri_folder");
    Optional<String> mode = node.at("mode").flatMap(DataModes.INPUT_SPEC::of);
    return new Port(type, mode, true);
  }

  /** The body of an input of data or a model that is not bound. */
  public static Optional<JsonNode> data(
      FileSection job, YamlNode node, Port port, String typeField) {
    Optional<YamlNode> path = node.required("path");
    Optional<JsonNode> uri = path.flatMap(p -> uri(job.at(node), p, port.type()));
    if (uri.isEmpty()) {
      return Optional.empty();
    }
    RequestBody body = new RequestBody(job.at(node)).put(typeField, port.type());
    node.at("mode").ifPresent(m -> DataModes.INPUT.of(m).ifPresent(mode -> body.put("mode", mode)));
    return Optional.of(body.set("uri", uri.get()).json());
  }

  private static Optional<JsonNode> uri(FileSection input, YamlNode path, String type) {
    Optional<String> text = path.asText();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (Binding.of(text.get()).isPresent()) {
      path.mistake(
          "%s: a job that is submitted has nothing to bind to".formatted(path.name()),
          "write a path or a URI");
      return Optional.empty();
    }
    boolean asset = text.get().startsWith("azureml:") && !text.get().startsWith("azureml://");
    if (asset || text.get().startsWith("/subscriptions/")) {
      return ReferenceFields.version(path, Port.collection(type));
    }
    UnresolvedReference.Form form =
        type.equals("uri_folder")
            ? UnresolvedReference.Form.FOLDER
            : UnresolvedReference.Form.SHORT;
    return UploadFields.path(input, path, UploadFields.Kind.of(type), form);
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
