package mlops.features.join;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import mlops.features.trap.MetTrap;

/**
 * What a join did.
 *
 * @param rows of the observations, and as many came out
 * @param withoutTime how many of them have no time, and so no values
 * @param traps those of Azure's own code that these definitions and these data meet
 */
public record JoinReport(long rows, long withoutTime, List<SetReport> sets, List<MetTrap> traps) {

  public JoinReport {
    sets = List.copyOf(sets);
    traps = List.copyOf(traps);
  }

  /**
   * What became of one feature set.
   *
   * @param sourceRows rows of its source
   * @param sourceWithoutTime how many of them have no usable time
   * @param sourceWithoutKey how many of them lack a key
   * @param dropped how many of them gave way to another of the same key and time
   * @param withoutKey observations that lack a key
   * @param matched observations that got a row
   * @param ties observations that got one of several rows with other values and the same right
   * @param late observations that got a row written after they were made
   * @param oldest the age of the oldest value in use; empty where none is
   */
  public record SetReport(
      String id,
      long sourceRows,
      long sourceWithoutTime,
      long sourceWithoutKey,
      long dropped,
      long withoutKey,
      long matched,
      long ties,
      long late,
      Optional<Duration> oldest,
      List<FeatureReport> features) {

    public SetReport {
      features = List.copyOf(features);
    }
  }

  /**
   * What became of one feature.
   *
   * @param nulls how many observations have no value of it
   */
  public record FeatureReport(String name, long nulls) {}
}
