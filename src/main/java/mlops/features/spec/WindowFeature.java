package mlops.features.spec;

import java.time.Duration;
import java.util.Optional;
import mlops.yaml.YamlNode;

/**
 * A feature that is computed over a window of earlier rows of its key.
 *
 * @param sourceColumn what is aggregated; empty for {@link Aggregation#COUNT}, which counts rows
 * @param window how far back it reaches, both ends included
 */
public record WindowFeature(
    String feature,
    Optional<String> sourceColumn,
    Aggregation aggregation,
    Duration window,
    YamlNode node) {

  /** What is computed of a window. */
  public enum Aggregation {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT,
    LATEST
  }
}
