package mlops.features;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The point-in-time join as its documentation reads: for each observation, every row is looked at.
 */
record NestedLoop(Optional<Duration> lookback, Duration delay, boolean asKnown) {

  /** A row of a source; minutes since some day. Without {@code created} it was written in time. */
  record Row(int ordinal, List<String> key, int event, Optional<Integer> created, String value) {}

  /** The rows that have the same right to be the newest: none, one, or a tie. */
  List<Row> newest(List<Row> rows, List<String> key, int observed) {
    boolean instant = lookback.filter(Duration::isZero).isPresent();
    int late = instant ? 0 : (int) delay.toMinutes();
    List<Row> valid =
        rows.stream()
            .filter(r -> r.key().equals(key) && !key.contains(""))
            .filter(r -> r.event() <= observed - late)
            .filter(r -> !asKnown || r.created().orElse(r.event() + late) <= observed)
            .toList();
    Comparator<Row> order =
        Comparator.comparing(Row::event).thenComparing(r -> r.created().orElse(Integer.MIN_VALUE));
    Optional<Row> best = valid.stream().max(order);
    return valid.stream()
        .filter(r -> order.compare(r, best.orElseThrow()) == 0)
        .filter(r -> lookback.isEmpty() || r.event() >= observed - lookback.get().toMinutes())
        .toList();
  }

  /** Of several the last in the file. */
  static String last(List<Row> newest) {
    return newest.stream().max(Comparator.comparing(Row::ordinal)).map(Row::value).orElse("");
  }

  /** Whether they say different things. */
  static boolean isTie(List<Row> newest) {
    return newest.stream().map(Row::value).distinct().count() > 1;
  }
}
