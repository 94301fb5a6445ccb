package mlops.assets.io;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.LocalPath;
import mlops.assets.field.RequestBody;
import mlops.assets.field.UnsupportedField;
import mlops.yaml.YamlNode;

/** The outputs of a job as it is submitted. One that has a name becomes a version of an asset. */
public final class OutputFields {
  private static final List<String> FIELDS =
      FieldNames.of("type path mode name version description");

  private static final EnumMapping TYPE = EnumMapping.same(Port.DATA.toArray(String[]::new));

  private final ObjectNode json = RequestBody.object();
  private final Map<String, Port> ports = new LinkedHashMap<>();

  private OutputFields() {}

  public static OutputFields of(FileSection job) {
    OutputFields outputs = new OutputFields();
    Optional<YamlNode> map = job.node().map("outputs");
    map.ifPresent(AssetNames.KEY::checkKeys);
    map.map(YamlNode::entries)
        .orElse(Map.of())
        .forEach((name, node) -> outputs.add(job, name, node));
    return outputs;
  }

  public ObjectNode json() {
    return json;
  }

  public Map<String, Port> ports() {
    return ports;
  }

  private void add(FileSection job, String name, YamlNode node) {
    Port port = port(node);
    ports.put(name, port);
    json.set(name, body(job.at(node), port, "jobOutputType", "assetName"));
  }

  /** The type and mode of an output; a folder where it says nothing. */
  public static Port port(YamlNode node) {
    if (node.isNull() || node.asMap().isEmpty()) {
      return Port.FOLDER;
    }
    node.allow(FIELDS);
    String type = node.at("type").flatMap(TYPE::of).orElse("uri_folder");
    Optional<String> mode = node.at("mode").flatMap(DataModes.OUTPUT_SPEC::of);
    return new Port(type, mode, false);
  }

  public static ObjectNode body(FileSection output, Port port, String typeField, String nameField) {
    YamlNode node = output.node();
    RequestBody body = new RequestBody(output).put(typeField, port.type());
    body.choice("mode", "mode", DataModes.OUTPUT).text("description", "description");
    node.at("name").flatMap(AssetNames.ASSET::check).ifPresent(name -> body.put(nameField, name));
    node.at("version").ifPresent(v -> UnsupportedField.report(v, v.name()));
    node.at("path").flatMap(OutputFields::uri).ifPresent(uri -> body.put("uri", uri));
    return body.json();
  }

  private static Optional<String> uri(YamlNode path) {
    Optional<String> text = path.asText();
    if (text.isPresent() && !LocalPath.isRemote(text.get())) {
      path.mistake(
          "%s is %s".formatted(path.name(), path.words()),
          "an output goes to azureml://datastores/NAME/paths/FOLDER");
      return Optional.empty();
    }
    return text;
  }
}
