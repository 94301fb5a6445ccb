package mlops.assets.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.Body;
import mlops.assets.field.Draft;
import mlops.assets.field.EnumWords;
import mlops.assets.field.FieldNames;
import mlops.assets.field.LocalPath;
import mlops.assets.field.NotBuilt;
import mlops.assets.field.Reference;
import mlops.assets.field.Source;
import mlops.assets.field.Uploads;
import mlops.yaml.YamlNode;

/** A data asset: {@code az ml data create --file}. */
public final class DataFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name version description tags properties type path datastore "
              + "id auto_delete_setting");

  private static final EnumWords TYPE = EnumWords.same("uri_folder", "uri_file", "mltable");

  public static Draft draft(Source file) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    NotBuilt.fields(node, "id", "auto_delete_setting");
    String type = node.at("type").flatMap(TYPE::of).orElse("uri_folder");
    Body properties =
        new Body(file)
            .text("description", "description")
            .texts("properties", "properties")
            .texts("tags", "tags")
            .put("isAnonymous", false)
            .put("isArchived", false)
            .put("dataType", type);
    node.required("path")
        .flatMap(path -> Uploads.path(file, path, Uploads.Kind.of(type), Reference.Form.SHORT))
        .ifPresent(uri -> properties.set("dataUri", uri));
    if (type.equals("mltable")) {
      checkTable(file);
    }
    ObjectNode body = Body.object().set("properties", properties.json());
    return Draft.versioned("data", file.name(AssetNames.ASSET), file.version(), body);
  }

  private static void checkTable(Source file) {
    Optional<YamlNode> path = file.node().at("path");
    path.filter(p -> p.asText().filter(t -> !LocalPath.isRemote(t)).isPresent())
        .flatMap(p -> LocalPath.find(file, p))
        .filter(folder -> !Files.isRegularFile(folder.resolve("MLTable")))
        .ifPresent(
            folder -> path.get().mistake("path: %s holds no file MLTable".formatted(folder), ""));
  }

  private DataFile() {}
}
