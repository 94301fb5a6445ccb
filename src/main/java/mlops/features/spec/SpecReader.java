package mlops.features.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/** Reads a {@code FeatureSetSpec.yaml}. */
public final class SpecReader {
  static final String FILE = "FeatureSetSpec.yaml";

  /** The spec in a file; empty, with the reasons in the mistakes, where it says too little. */
  public static Optional<FeatureSetSpec> read(Path file, Mistakes mistakes) {
    return YamlFile.read(file, mistakes).flatMap(YamlNode::asMap).flatMap(root -> read(file, root));
  }

  private static Optional<FeatureSetSpec> read(Path file, YamlNode root) {
    root.allow(
        "$schema",
        "source",
        "feature_transformation",
        "feature_transformation_code",
        "features",
        "index_columns",
        "source_lookback",
        "temporal_join_lookback",
        "schema_version");
    YamlNode transformation = root.map("feature_transformation").orElseGet(() -> root.nothing());
    transformation.allow("transformation_code", "transformation_expressions");
    Optional<FeatureSource> source =
        root.required("source").flatMap(YamlNode::asMap).flatMap(SourceReader::read);
    FeatureSetSpec draft =
        new FeatureSetSpec(
            file,
            source.orElseGet(() -> nowhere(root)),
            WindowReader.read(transformation.list("transformation_expressions")),
            transformer(root, transformation),
            DataColumn.list(items(root, "features"), "description", "tags"),
            DataColumn.list(root.list("index_columns")),
            TimeOffset.read(root, "source_lookback"),
            TimeOffset.read(root, "temporal_join_lookback"),
            schemaVersion(root),
            root);
    SpecCheck.check(draft);
    return source.map(s -> draft);
  }

  private static List<YamlNode> items(YamlNode root, String key) {
    List<YamlNode> items = root.list(key);
    if (items.isEmpty() && root.at(key).filter(n -> !n.isList()).isEmpty()) {
      root.mistakeAt(key, "the file declares no " + key, "list each with name and type");
    }
    return items;
  }

  /** Stands in for a source that is missing, which is a mistake already. */
  private static FeatureSource nowhere(YamlNode root) {
    return new FeatureSource(
        SourceType.CUSTOM, "", "", Optional.empty(), Duration.ZERO, root.nothing());
  }

  private static Optional<String> transformer(YamlNode root, YamlNode transformation) {
    Optional<YamlNode> code = transformation.map("transformation_code");
    if (code.isPresent() && transformation.at("transformation_expressions").isPresent()) {
      String what = "a feature set has transformation_code or transformation_expressions, not both";
      transformation.mistakeAt("transformation_code", what, "");
    }
    Optional<YamlNode> old = root.map("feature_transformation_code");
    if (old.isPresent()) {
      String hint = "write feature_transformation: transformation_code";
      root.noteAt("feature_transformation_code", "this key is deprecated by Azure", hint);
    }
    Optional<YamlNode> used = code.or(() -> old);
    used.ifPresent(c -> c.allow("path", "transformer_class"));
    used.ifPresent(c -> c.required("path"));
    return used.flatMap(c -> c.required("transformer_class")).flatMap(YamlNode::asText);
  }

  private static int schemaVersion(YamlNode root) {
    long version = root.integer("schema_version").orElse(1L);
    if (version != 1 && version != 2) {
      root.mistakeAt("schema_version", "schema_version is " + version, "Azure knows 1 and 2");
      return 1;
    }
    return (int) version;
  }

  private SpecReader() {}
}
