package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
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
import mlops.yaml.YamlFile;
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
      table(file).ifPresent(table -> properties.set("referencedUris", referenced(table)));
    }
    ObjectNode body = RequestBody.object().set("properties", properties.json());
    return ResourceDraft.versioned("data", file.name(AssetNames.ASSET), file.version(), body);
  }

  /** The file MLTable of a folder on this machine. */
  private static Optional<YamlNode> table(FileSection file) {
    Optional<YamlNode> path = file.node().at("path");
    Optional<Path> folder =
        path.filter(p -> p.asText().filter(t -> !LocalPath.isRemote(t)).isPresent())
            .flatMap(p -> LocalPath.find(file, p));
    Optional<Path> table = folder.map(f -> f.resolve("MLTable"));
    if (table.isPresent() && !Files.isRegularFile(table.get())) {
      String what = "path: %s holds no file MLTable".formatted(folder.get());
      path.get().mistake(what, "");
      return Optional.empty();
    }
    return table.flatMap(t -> YamlFile.read(t, file.mistakes())).flatMap(YamlNode::asMap);
  }

  /** What a table is made of: {@code paths} is a list of files, folders and patterns. */
  private static ArrayNode referenced(YamlNode table) {
    ArrayNode uris = JsonNodeFactory.instance.arrayNode();
    for (YamlNode path : table.list("paths")) {
      path.entries().values().forEach(uri -> uri.asText().ifPresent(uris::add));
    }
    return uris;
  }

  private DataFile() {}
}
