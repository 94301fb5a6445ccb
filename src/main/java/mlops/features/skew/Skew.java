package mlops.features.skew;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key whose online values are not those of the join.
 *
 * @param key by the names of its columns
 * @param offlineEvent of the row that the join found; empty where it found none
 * @param onlineEvent of the row that would be served; empty where none would be
 * @param cells the features that differ; none where the event alone does
 */
public record Skew(
    SkewCause cause,
    Map<String, Object> key,
    Optional<Instant> offlineEvent,
    Optional<Instant> onlineEvent,
    List<Cell> cells) {

  public Skew {
    cells = List.copyOf(cells);
  }

  /** A feature with both of its values. */
  public record Cell(String feature, @Nullable Object offline, @Nullable Object online) {}
}
