package mlops.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import mlops.yaml.Mistakes;
import mlops.yaml.YamlFile;
import mlops.yaml.YamlNode;

/**
 * The names in the files of a folder of features.
 *
 * @param store the feature store and its file; empty where none is defined
 * @param entities the files of entities, by {@code name.version}
 * @param sets the files of feature sets, by {@code name.version}
 */
record FeatureNames(
    Optional<Map.Entry<String, Path>> store, Map<String, Path> entities, Map<String, Path> sets) {
  private static final int DEPTH = 8;

  static FeatureNames in(Path folder) {
    Map<String, Path> stores = new TreeMap<>();
    Map<String, Path> entities = new TreeMap<>();
    Map<String, Path> sets = new TreeMap<>();
    for (Path file : files(folder)) {
      Optional<YamlNode> root = YamlFile.read(file, new Mistakes()).flatMap(YamlNode::asMap);
      Optional<String> name = root.flatMap(r -> r.text("name"));
      if (name.isPresent()) {
        String id = name.get() + root.get().text("version").map(v -> "." + v).orElse("");
        Map<String, Path> kind =
            root.get().at("specification").isPresent()
                ? sets
                : root.get().at("index_columns").isPresent() ? entities : stores;
        kind.put(id, file);
      }
    }
    return new FeatureNames(stores.entrySet().stream().findFirst(), entities, sets);
  }

  private static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(folder, DEPTH)) {
      return all.filter(f -> f.toString().matches(".*\\.ya?ml") && Files.isRegularFile(f))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder, e);
    }
  }

  /** What is known of an entity or a feature set: its name, version and file. */
  static Map<String, String> of(String kind, String id, String file) {
    int dot = id.lastIndexOf('.');
    Map<String, String> values = new HashMap<>();
    values.put(kind + "-name", id.substring(0, dot));
    values.put(kind + "-version", id.substring(dot + 1));
    values.put(kind + "-file", file);
    return values;
  }
}
