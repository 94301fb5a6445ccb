package mlops.assets.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UploadFields;
import mlops.yaml.YamlNode;

/** A model: {@code az ml model create --file}, and inline in deployments. */
public final class ModelFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name version description tags properties type path flavors stage "
              + "datastore");

  private static final EnumMapping TYPE =
      EnumMapping.same("custom_model", "mlflow_model", "triton_model");

  public static ResourceDraft draft(FileSection file) {
    ObjectNode body = body(file, false);
    return ResourceDraft.versioned("models", file.name(AssetNames.ASSET), file.version(), body);
  }

  /** A field that names a model or holds one. */
  static Optional<JsonNode> id(FileSection source, YamlNode node) {
    if (node.isMap()) {
      FileSection inline = source.at(node);
      ResourceDraft draft =
          node.at("name").isPresent()
              ? draft(inline)
              : ResourceDraft.namedByContent("models", body(inline, true));
      return Optional.of(ReferenceFields.pojo(new UnresolvedReference.Made(draft)));
    }
    return ReferenceFields.version(node, "models");
  }

  private static ObjectNode body(FileSection file, boolean anonymous) {
    file.node().allow(FIELDS);
    String type = file.node().at("type").flatMap(TYPE::of).orElse("custom_model");
    RequestBody properties =
        new RequestBody(file)
            .text("description", "description")
            .values("properties", "properties")
            .values("tags", "tags")
            .put("isAnonymous", anonymous)
            .put("isArchived", false)
            .put("modelType", type)
            .text("stage", "stage")
            .with("flavors", "flavors", ModelFile::flavors);
    file.node()
        .required("path")
        .flatMap(path -> UploadFields.path(file, path, kind(type), UnresolvedReference.Form.LONG))
        .ifPresent(uri -> properties.set("modelUri", uri));
    if (anonymous && !properties.json().has("flavors")) {
      properties.set("flavors", RequestBody.object());
    }
    return RequestBody.object().set("properties", properties.json());
  }

  private static UploadFields.Kind kind(String type) {
    return type.equals("mlflow_model") ? UploadFields.Kind.FOLDER : UploadFields.Kind.EITHER;
  }

  private static Optional<JsonNode> flavors(YamlNode node) {
    ObjectNode flavors = RequestBody.object();
    node.asMap()
        .ifPresent(
            map ->
                map.entries()
                    .forEach(
                        (name, flavor) ->
                            flavors.set(
                                name,
                                RequestBody.object().set("data", RequestBody.textsOf(flavor)))));
    return Optional.of(flavors);
  }

  private ModelFile() {}
}
