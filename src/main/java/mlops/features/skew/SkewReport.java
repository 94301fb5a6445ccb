package mlops.features.skew;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far the online store is what training gets, for one feature set.
 *
 * @param set {@code zone_hourly:1}
 * @param at the instant for which both were asked
 * @param keys that were compared
 * @param newer keys that are not compared: what is kept of them is newer than the instant
 * @param cells that were compared: keys times features
 * @param valued keys that have a value on one of the sides
 * @param rounded cells that differ in the last digits of a fraction alone, which counts as equal
 * @param compareAt the first instant for which all that is kept of these keys can be compared;
 *     empty where nothing is
 * @param skews the keys that differ
 */
public record SkewReport(
    String set,
    Instant at,
    long keys,
    long newer,
    long cells,
    long valued,
    long rounded,
    Optional<Instant> compareAt,
    List<Skew> skews) {

  public SkewReport {
    skews = List.copyOf(skews);
  }

  /** How many keys differ for each cause. */
  public Map<SkewCause, Long> causes() {
    Map<SkewCause, Long> causes = new TreeMap<>();
    skews.forEach(s -> causes.merge(s.cause(), 1L, Long::sum));
    return causes;
  }

  /** Cells that differ. */
  public long differing() {
    return skews.stream().mapToLong(s -> s.cells().size()).sum();
  }
}
