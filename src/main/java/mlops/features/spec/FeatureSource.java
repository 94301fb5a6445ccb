package mlops.features.spec;

import java.time.Duration;
import java.util.Optional;
import mlops.yaml.YamlNode;

/**
 * Where a feature set gets its rows.
 *
 * @param path as written; empty where the type has none
 * @param timestampColumn when each row happened; empty where the type has none
 * @param format the pattern of that column, if it is text, in Spark's letters
 * @param delay how long after it happened a row can be had
 */
public record FeatureSource(
    SourceType type,
    String path,
    String timestampColumn,
    Optional<String> format,
    Duration delay,
    YamlNode node) {

  /** Whether this is a file here, which Azure's own reader refuses. */
  public boolean isLocal() {
    return !path.isEmpty() && !path.matches("(?i)[a-z][a-z0-9+.-]+:.*");
  }
}
