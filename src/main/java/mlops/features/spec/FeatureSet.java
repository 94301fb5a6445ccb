package mlops.features.spec;

import java.nio.file.Path;
import java.util.List;
import mlops.yaml.YamlNode;

/**
 * A feature set as an asset.
 *
 * @param entities as written: {@code azureml:zone:1}
 * @param offline whether its values are to be kept in the offline store
 * @param online whether its newest values are to be kept in the online store
 */
public record FeatureSet(
    Path file,
    String name,
    String version,
    List<YamlNode> entities,
    boolean offline,
    boolean online,
    FeatureSetSpec spec,
    YamlNode node) {

  public FeatureSet {
    entities = List.copyOf(entities);
  }

  /** {@code zone_hourly:1}. */
  public String id() {
    return name + ":" + version;
  }
}
