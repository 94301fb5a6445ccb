package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.LocalPath;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UnsupportedField;
import mlops.assets.field.UploadFields;
import mlops.yaml.YamlNode;

/** A data asset: {@code az ml data create --file}. */
public final class DataFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name version description tags properties type path datastore "
              + "id auto_delete_setting");

  private static final EnumMapping TYPE = EnumMapping.same("uri_folder", "uri_file", "mltable");

  public static ResourceDraft draft(FileSection file) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    UnsupportedField.fields(node, "id", "auto_delete_setting");
    String type = node.at("type").flatMap(TYPE::of).orElse("uri_folder");
    RequestBody properties =
        new RequestBody(file)
            .text("description", "description")
            .texts("properties", "properties")
            .values("tags", "tags")
            .put("isAnonymous", false)
            .put("isArchived", false)
            .put("dataType", type);
    node.required("path")
        .flatMap(
            path ->
                UploadFields.path(
                    file, path, UploadFields.Kind.of(type), UnresolvedReference.Form.SHORT))
        .ifPresent(uri -> properties.set("dataUri", uri));
    if (type.equals("mltable")) {
      checkTable(file);
    }
    ObjectNode body = RequestBody.object().set("properties", properties.json());
    return ResourceDraft.versioned("data", file.name(AssetNames.ASSET), file.version(), body);
  }

  private static void checkTable(FileSection file) {
    Optional<YamlNode> path = file.node().at("path");
    path.filter(p -> p.asText().filter(t -> !LocalPath.isRemote(t)).isPresent())
        .flatMap(p -> LocalPath.find(file, p))
        .filter(folder -> !Files.isRegularFile(folder.resolve("MLTable")))
        .ifPresent(
            folder -> path.get().mistake("path: %s holds no file MLTable".formatted(folder), ""));
  }

  private DataFile() {}
}
