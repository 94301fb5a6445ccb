package mlops.features.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mlops.yaml.YamlNode;

/**
 * What a feature set computes: a {@code FeatureSetSpec.yaml}.
 *
 * @param file where it was read
 * @param windows the features that are computed over windows; empty where none are
 * @param transformer the PySpark class that computes the features, where there is one
 * @param sourceLookback how much older than its window the source is read
 * @param joinLookback how old a value may be at most; empty for no limit, zero for the very instant
 * @param schemaVersion the layout of the online store: 1 or 2
 */
public record FeatureSetSpec(
    Path file,
    FeatureSource source,
    List<WindowFeature> windows,
    Optional<String> transformer,
    List<DataColumn> features,
    List<DataColumn> indexColumns,
    Optional<Duration> sourceLookback,
    Optional<Duration> joinLookback,
    int schemaVersion,
    YamlNode node) {

  public FeatureSetSpec {
    windows = List.copyOf(windows);
    features = List.copyOf(features);
    indexColumns = List.copyOf(indexColumns);
  }

  /** The feature of a name. */
  public Optional<DataColumn> feature(String name) {
    return features.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** Whether only Spark can compute it: by a transformer, or from a source that is no file. */
  public boolean needsSpark() {
    return transformer.isPresent() || !source.type().isFile();
  }

  /** Whether a value counts only at the very instant of its observation. */
  public boolean isEqualTimeJoin() {
    return joinLookback.filter(Duration::isZero).isPresent();
  }
}
