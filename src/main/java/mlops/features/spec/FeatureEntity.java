package mlops.features.spec;

import java.nio.file.Path;
import java.util.List;
import mlops.yaml.YamlNode;

/** What features are about: the keys that feature sets share. */
public record FeatureEntity(
    Path file, String name, String version, List<DataColumn> indexColumns, YamlNode node) {

  public FeatureEntity {
    indexColumns = List.copyOf(indexColumns);
  }

  /** {@code zone:1}. */
  public String id() {
    return name + ":" + version;
  }
}
