package mlops.assets;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.assets.field.UnsupportedField;
import mlops.yaml.YamlNode;

/** The field {@code $schema}: kinds of files that mlops does not build are refused by name. */
final class SchemaField {
  private static final Map<String, String> NOT_BUILT =
      Map.ofEntries(
          Map.entry("managedonlineendpoint", "an online endpoint"),
          Map.entry("managedonlinedeployment", "an online deployment"),
          Map.entry("kubernetesonlineendpoint", "a Kubernetes online endpoint"),
          Map.entry("kubernetesonlinedeployment", "a Kubernetes online deployment"),
          Map.entry("serverlessendpoint", "a serverless endpoint"),
          Map.entry("marketplacesubscription", "a marketplace subscription"),
          Map.entry("schedule", "a schedule"),
          Map.entry("monitorschedule", "a schedule of a monitor"),
          Map.entry("connection", "a connection"),
          Map.entry("workspaceconnection", "a connection"),
          Map.entry("featurestore", "a feature store"),
          Map.entry("featurestoreentity", "a feature store entity"),
          Map.entry("featureset", "a feature set"),
          Map.entry("modelversionpackage", "a model package"),
          Map.entry("modelpackage", "a model package"),
          Map.entry("workspace", "a workspace"),
          Map.entry("hub", "a hub"),
          Map.entry("project", "a project"),
          Map.entry("flow", "a prompt flow"),
          Map.entry("run", "a run of a prompt flow"));

  /** The kind in lower-case letters: {@code commandjob}. */
  static Optional<String> kind(YamlNode file) {
    return file.at("$schema")
        .filter(YamlNode::isScalar)
        .flatMap(YamlNode::asText)
        .map(text -> text.substring(text.lastIndexOf('/') + 1))
        .map(name -> name.replaceFirst("(\\.schema)?\\.json$", "").toLowerCase(Locale.ROOT));
  }

  /** Whether this is a kind that mlops builds; otherwise a mistake names it. */
  static boolean isBuilt(YamlNode file) {
    Optional<String> words = kind(file).map(NOT_BUILT::get);
    words.ifPresent(kind -> UnsupportedField.report(file.at("$schema").orElseThrow(), kind));
    return words.isEmpty();
  }

  private SchemaField() {}
}
