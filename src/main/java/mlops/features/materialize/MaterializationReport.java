package mlops.features.materialize;

import java.util.List;
import java.util.Optional;

/**
 * What a run did.
 *
 * @param window what was computed: that which was asked for, but no younger than what can be had;
 *     empty where all of it is younger
 * @param sourceRows that were read: of the window and its lookback
 * @param withoutKey rows of the window that were passed over because a key is null
 * @param dropped rows that gave way to others of the same key and time
 * @param offlineRows in the offline store from this window; 0 where there is none
 * @param changed partitions of the offline store that hold something else than before, as dates
 * @param onlineKeys whose values in the online store are from this run; 0 where there is none
 * @param elsewhere where the rows of the source are, if none was read
 */
public record MaterializationReport(
    TimeWindow window,
    long sourceRows,
    long withoutKey,
    long dropped,
    long offlineRows,
    List<String> changed,
    long onlineKeys,
    Optional<SourceExtent> elsewhere) {

  public MaterializationReport {
    changed = List.copyOf(changed);
  }

  static MaterializationReport nothing(TimeWindow window) {
    return new MaterializationReport(window, 0, 0, 0, 0, List.of(), 0, Optional.empty());
  }
}
