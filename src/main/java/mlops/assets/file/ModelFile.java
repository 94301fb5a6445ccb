package mlops.assets.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.Body;
import mlops.assets.field.Draft;
import mlops.assets.field.EnumWords;
import mlops.assets.field.FieldNames;
import mlops.assets.field.Ids;
import mlops.assets.field.Reference;
import mlops.assets.field.Source;
import mlops.assets.field.Uploads;
import mlops.yaml.YamlNode;

/** A model: {@code az ml model create --file}, and inline in deployments. */
public final class ModelFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name version description tags properties type path flavors stage "
              + "datastore");

  private static final EnumWords TYPE =
      EnumWords.same("custom_model", "mlflow_model", "triton_model");

  public static Draft draft(Source file) {
    ObjectNode body = body(file, false);
    return Draft.versioned("models", file.name(AssetNames.ASSET), file.version(), body);
  }

  /** A field that names a model or holds one. */
  static Optional<JsonNode> id(Source source, YamlNode node) {
    if (node.isMap()) {
      Draft draft = Draft.namedByContent("models", body(source.at(node), true));
      return Optional.of(Ids.pojo(new Reference.Made(draft)));
    }
    return Ids.version(node, "models");
  }

  private static ObjectNode body(Source file, boolean anonymous) {
    file.node().allow(FIELDS);
    String type = file.node().at("type").flatMap(TYPE::of).orElse("custom_model");
    Body properties =
        new Body(file)
            .text("description", "description")
            .texts("properties", "properties")
            .texts("tags", "tags")
            .put("isAnonymous", anonymous)
            .put("isArchived", false)
            .put("modelType", type)
            .text("stage", "stage")
            .with("flavors", "flavors", ModelFile::flavors);
    file.node()
        .required("path")
        .flatMap(path -> Uploads.path(file, path, kind(type), Reference.Form.LONG))
        .ifPresent(uri -> properties.set("modelUri", uri));
    if (anonymous && !properties.json().has("flavors")) {
      properties.set("flavors", Body.object());
    }
    return Body.object().set("properties", properties.json());
  }

  private static Uploads.Kind kind(String type) {
    return type.equals("mlflow_model") ? Uploads.Kind.FOLDER : Uploads.Kind.EITHER;
  }

  private static Optional<JsonNode> flavors(YamlNode node) {
    ObjectNode flavors = Body.object();
    node.asMap()
        .ifPresent(
            map ->
                map.entries()
                    .forEach(
                        (name, flavor) ->
                            flavors.set(name, Body.object().set("data", Body.textsOf(flavor)))));
    return Optional.of(flavors);
  }

  private ModelFile() {}
}
