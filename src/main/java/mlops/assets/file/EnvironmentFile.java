package mlops.assets.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import mlops.assets.field.AssetNames;
import mlops.assets.field.EnumMapping;
import mlops.assets.field.FieldNames;
import mlops.assets.field.FileSection;
import mlops.assets.field.LocalPath;
import mlops.assets.field.ReferenceFields;
import mlops.assets.field.RequestBody;
import mlops.assets.field.ResourceDraft;
import mlops.assets.field.UnresolvedReference;
import mlops.assets.field.UnsupportedField;
import mlops.assets.field.UploadFields;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** An environment: {@code az ml environment create --file}, and inline in jobs. */
public final class EnvironmentFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name version description tags build image conda_file "
              + "inference_config os_type datastore id auto_delete_setting");

  private static final EnumMapping OS = EnumMapping.same("linux", "windows");

  public static ResourceDraft draft(FileSection file) {
    ObjectNode body = body(file, false);
    return ResourceDraft.versioned(
        "environments", file.name(AssetNames.ASSET), file.version(), body);
  }

  /** An environment that a job brings along; what is the same is created once. */
  static ResourceDraft anonymous(FileSection inline) {
    return ResourceDraft.anonymous("environments", "CliV2AnonymousEnvironment", body(inline, true));
  }

  /** A field that names an environment, holds one, or names a file with one. */
  public static Optional<JsonNode> id(FileSection source, YamlNode node) {
    return id(source, node, EnvironmentFile::anonymous);
  }

  /** The same in a deployment, where one that has a name keeps it. */
  static Optional<JsonNode> idOfNamed(FileSection source, YamlNode node) {
    return id(
        source,
        node,
        inline -> inline.node().at("name").isPresent() ? draft(inline) : anonymous(inline));
  }

  private static Optional<JsonNode> id(
      FileSection source, YamlNode node, Function<FileSection, ResourceDraft> inline) {
    if (!node.isMap() && !node.asText().orElse("").startsWith("file:")) {
      return ReferenceFields.version(node, "environments");
    }
    Optional<FileSection> section =
        node.isMap()
            ? Optional.of(source.at(node))
            : LocalPath.file(source, node).flatMap(path -> source.open(node, path));
    return section.map(inline).map(UnresolvedReference.Made::new).map(ReferenceFields::pojo);
  }

  private static ObjectNode body(FileSection file, boolean anonymous) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    UnsupportedField.fields(node, "datastore", "id", "auto_delete_setting");
    one(node);
    RequestBody properties =
        new RequestBody(file)
            .text("description", "description")
            .put("isAnonymous", anonymous)
            .put("isArchived", false)
            .text("image", "image")
            .with("conda_file", "condaFile", conda -> conda(file, conda))
            .choice("os_type", "osType", OS)
            .with("tags", "tags", tags -> tags.asMap().map(YamlNode::json));
    file.in("build").ifPresent(build -> properties.set("build", build(build)));
    file.in("inference_config")
        .ifPresent(config -> properties.set("inferenceConfig", inference(config)));
    return RequestBody.object().set("properties", properties.json());
  }

  private static void one(YamlNode node) {
    boolean image = node.at("image").isPresent();
    boolean build = node.at("build").isPresent();
    if (image && build) {
      node.mistakeAt("build", "image and build exclude each other", "keep one of the two");
    } else if (!image && !build) {
      String what = node.name().isEmpty() ? "the environment" : node.name();
      node.mistake(what + " has neither image nor build", "name an image");
    } else if (build && node.at("conda_file").isPresent()) {
      node.mistakeAt("conda_file", "conda_file needs an image, not a build", "");
    }
  }

  /** The text of the conda file: written anew as Azure's client does, so that it is the same. */
  private static Optional<JsonNode> conda(FileSection file, YamlNode conda) {
    Optional<YamlNode> content =
        conda.isMap()
            ? Optional.of(conda)
            : LocalPath.file(file, conda)
                .flatMap(path -> YamlFile.read(path, file.mistakes()))
                .flatMap(YamlNode::asMap);
    content.ifPresent(map -> map.list("dependencies"));
    return content.map(map -> TextNode.valueOf(CondaText.of(map.json())));
  }

  private static ObjectNode build(FileSection build) {
    build.node().allow("path", "dockerfile_path");
    return new RequestBody(build)
        .with("path", "contextUri", path -> context(build, path))
        .text("dockerfile_path", "dockerfilePath", "Dockerfile")
        .json();
  }

  private static Optional<JsonNode> context(FileSection build, YamlNode path) {
    Optional<String> text = path.asText();
    if (text.isPresent() && LocalPath.isRemote(text.get())) {
      return Optional.of(TextNode.valueOf(text.get()));
    }
    return LocalPath.folder(build, path)
        .map(
            files ->
                new UnresolvedReference.Uploaded(
                    files, UploadFields.BLOB_STORE, UnresolvedReference.Form.URL))
        .map(ReferenceFields::pojo);
  }

  private static ObjectNode inference(FileSection config) {
    config.node().allow("liveness_route", "readiness_route", "scoring_route");
    RequestBody body = new RequestBody(config);
    route(config, "liveness_route", "livenessRoute", body);
    route(config, "readiness_route", "readinessRoute", body);
    route(config, "scoring_route", "scoringRoute", body);
    return body.json();
  }

  private static void route(FileSection config, String field, String name, RequestBody body) {
    config
        .node()
        .required(field)
        .flatMap(YamlNode::asMap)
        .map(config::at)
        .ifPresent(
            route -> {
              route.node().allow("port", "path");
              route.node().required("port");
              RequestBody json =
                  new RequestBody(route).required("path", "path").integer("port", "port", 1);
              body.set(name, json.json());
            });
  }

  private EnvironmentFile() {}
}
