package mlops.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.profile.Profile.Asset;
import mlops.profile.Profile.AssetKind;
import mlops.profile.Profile.Blobs;
import mlops.profile.Profile.Environment;
import mlops.profile.Profile.Target;
import mlops.profile.Profile.TargetFiles;
import mlops.profile.Profile.Training;
import mlops.profile.Profile.Upload;
import mlops.yaml.YamlNode;

/**
 * Reads one of the {@code environments}.
 *
 * @param name its name, which is the key of the map
 */
record EnvironmentSection(ProfileValues values, String name, YamlNode map) {
  private static final String PIPELINE = "pipeline";
  private static final String ASSETS = "assets";

  private static final List<String> COMMON =
      List.of(
          "workspace", "display_name", "compute", "container", "environment", "model", "uploads");
  private static final List<String> TARGET =
      List.of("datastore", "data", "endpoint", "endpoint_name", "deployment", "input", "output");

  Training training() {
    allow(List.of(PIPELINE, ASSETS));
    return new Training(
        environment(),
        values.file(map, PIPELINE),
        map.list(ASSETS).stream().flatMap(item -> asset(item).stream()).toList());
  }

  /**
   * A target.
   *
   * @param first the name of the environment where models are trained
   */
  Target target(String first) {
    boolean trains = map.at(PIPELINE).isPresent();
    if (trains) {
      map.mistakeAt(
          PIPELINE,
          "%s.pipeline: models are trained in the first environment, %s"
              .formatted(map.name(), first),
          "take it out, or put %s first".formatted(name));
    }
    allow(trains ? Stream.concat(TARGET.stream(), Stream.of(PIPELINE)).toList() : TARGET);
    return new Target(
        environment(),
        new TargetFiles(
            values.file(map, "datastore"),
            values.file(map, "data"),
            values.file(map, "endpoint"),
            values.file(map, "deployment")),
        values.name(map, "endpoint_name", NameRule.ENDPOINT),
        uri("input"),
        uri("output"));
  }

  /** {@code data: FILE}, or another kind of thing. */
  private Optional<Asset> asset(YamlNode item) {
    List<AssetKind> kinds = List.of(AssetKind.values());
    if (item.asMap().isEmpty()) {
      return Optional.empty();
    }
    item.allow(kinds.stream().map(AssetKind::word).toList());
    List<AssetKind> named =
        kinds.stream().filter(kind -> item.at(kind.word()).isPresent()).toList();
    if (named.size() != 1) {
      item.mistake(
          "%s names %d files".formatted(item.name(), named.size()),
          "give each its own item, such as - data: data.yml");
      return Optional.empty();
    }
    AssetKind kind = named.get(0);
    return Optional.of(new Asset(kind, values.file(item, kind.word())));
  }

  private void allow(List<String> more) {
    map.allow(Stream.concat(COMMON.stream(), more.stream()).toList());
  }

  private Environment environment() {
    return new Environment(
        name,
        values.name(map, "workspace", NameRule.WORKSPACE),
        values
            .optionalName(map, "display_name", NameRule.DISPLAY_NAME)
            .orElseGet(() -> map.text("workspace").orElse("")),
        values.file(map, "compute"),
        values.file(map, "environment"),
        values.name(map, "model", NameRule.MODEL),
        new Blobs(values.name(map, "container", NameRule.CONTAINER), uploads(map.list("uploads"))));
  }

  /** Two files cannot become one blob: whichever came last would win. */
  private List<Upload> uploads(List<YamlNode> items) {
    Map<String, String> owners = new HashMap<>();
    List<Upload> uploads = new ArrayList<>();
    for (YamlNode item : items) {
      Upload upload = upload(item);
      String owner = upload.to().isEmpty() ? null : owners.putIfAbsent(upload.to(), item.name());
      if (owner != null) {
        item.mistake(
            "%s becomes %s, as %s does".formatted(item.name(), upload.to(), owner),
            "give each a name of its own");
      }
      uploads.add(upload);
    }
    return uploads;
  }

  private Upload upload(YamlNode item) {
    if (item.asMap().isEmpty()) {
      return new Upload(Path.of(""), "");
    }
    item.allow("file", "to");
    Path file = values.file(item, "file");
    String to = values.name(item, "to", NameRule.BLOB);
    return new Upload(file, to.endsWith("/") ? to + file.getFileName() : to);
  }

  private String uri(String key) {
    String uri = values.text(map, key);
    if (!uri.isEmpty() && !uri.startsWith("azureml:") && !uri.startsWith("https://")) {
      map.at(key)
          .ifPresent(
              node ->
                  node.mistake(
                      "%s is \"%s\", expected a URI".formatted(node.name(), uri),
                      "such as azureml://datastores/NAME/paths/FOLDER"));
    }
    return uri;
  }
}
