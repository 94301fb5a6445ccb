package mlops.assets.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Optional;
import mlops.assets.field.AssetNames;
import mlops.assets.field.Body;
import mlops.assets.field.Draft;
import mlops.assets.field.EnumWords;
import mlops.assets.field.FieldNames;
import mlops.assets.field.Ids;
import mlops.assets.field.LocalPath;
import mlops.assets.field.NotBuilt;
import mlops.assets.field.Reference;
import mlops.assets.field.Source;
import mlops.assets.field.Uploads;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** An environment: {@code az ml environment create --file}, and inline in jobs. */
public final class EnvironmentFile {
  private static final List<String> FIELDS =
      FieldNames.of(
          "$schema name version description tags build image conda_file "
              + "inference_config os_type datastore id auto_delete_setting");

  private static final EnumWords OS = EnumWords.same("linux", "windows");

  public static Draft draft(Source file) {
    ObjectNode body = body(file, false);
    return Draft.versioned("environments", file.name(AssetNames.ASSET), file.version(), body);
  }

  /** An environment that a job brings along; what is the same is created once. */
  static Draft anonymous(Source inline) {
    return Draft.anonymous("environments", "CliV2AnonymousEnvironment", body(inline, true));
  }

  /** A field that names an environment, holds one, or names a file with one. */
  public static Optional<JsonNode> id(Source source, YamlNode node) {
    if (node.isMap()) {
      return Optional.of(Ids.pojo(new Reference.Made(anonymous(source.at(node)))));
    }
    Optional<String> text = node.asText();
    if (text.isPresent() && text.get().startsWith("file:")) {
      return LocalPath.file(source, node)
          .flatMap(path -> source.open(node, path))
          .map(file -> Ids.pojo(new Reference.Made(anonymous(file))));
    }
    return text.isEmpty() ? Optional.empty() : Ids.version(node, "environments");
  }

  private static ObjectNode body(Source file, boolean anonymous) {
    YamlNode node = file.node();
    node.allow(FIELDS);
    NotBuilt.fields(node, "datastore", "id", "auto_delete_setting");
    one(node);
    Body properties =
        new Body(file)
            .text("description", "description")
            .put("isAnonymous", anonymous)
            .put("isArchived", false)
            .text("image", "image")
            .with("conda_file", "condaFile", conda -> conda(file, conda))
            .choice("os_type", "osType", OS)
            .textsIfAny("tags", "tags");
    file.in("build").ifPresent(build -> properties.set("build", build(build)));
    file.in("inference_config")
        .ifPresent(config -> properties.set("inferenceConfig", inference(config)));
    return Body.object().set("properties", properties.json());
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
  private static Optional<JsonNode> conda(Source file, YamlNode conda) {
    Optional<YamlNode> content =
        conda.isMap()
            ? Optional.of(conda)
            : LocalPath.file(file, conda)
                .flatMap(path -> YamlFile.read(path, file.mistakes()))
                .flatMap(YamlNode::asMap);
    content.ifPresent(map -> map.list("dependencies"));
    return content.map(map -> TextNode.valueOf(CondaText.of(map.json())));
  }

  private static ObjectNode build(Source build) {
    build.node().allow("path", "dockerfile_path");
    return new Body(build)
        .with("path", "contextUri", path -> context(build, path))
        .text("dockerfile_path", "dockerfilePath", "Dockerfile")
        .json();
  }

  private static Optional<JsonNode> context(Source build, YamlNode path) {
    Optional<String> text = path.asText();
    if (text.isPresent() && LocalPath.isRemote(text.get())) {
      return Optional.of(TextNode.valueOf(text.get()));
    }
    return LocalPath.folder(build, path)
        .map(files -> new Reference.Uploaded(files, Uploads.BLOB_STORE, Reference.Form.URL))
        .map(Ids::pojo);
  }

  private static ObjectNode inference(Source config) {
    config.node().allow("liveness_route", "readiness_route", "scoring_route");
    Body body = new Body(config);
    route(config, "liveness_route", "livenessRoute", body);
    route(config, "readiness_route", "readinessRoute", body);
    route(config, "scoring_route", "scoringRoute", body);
    return body.json();
  }

  private static void route(Source config, String field, String name, Body body) {
    config
        .node()
        .required(field)
        .flatMap(YamlNode::asMap)
        .map(config::at)
        .ifPresent(
            route -> {
              route.node().allow("port", "path");
              route.node().required("port");
              Body json = new Body(route).required("path", "path").integer("port", "port", 1);
              body.set(name, json.json());
            });
  }

  private EnvironmentFile() {}
}
