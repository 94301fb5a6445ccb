package mlops.features.online;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the newest values of each key. May be used by several threads. */
public interface OnlineStore extends AutoCloseable {

  /** Rows that are handed over one by one, so that not all of them are in memory. */
  interface Rows {
    void each(Consumer<OnlineRow> to);
  }

  /**
   * Puts the newest of these rows in the place of what is there from a window, and of older ones: a
   * row from before never takes the place of a newer one, in whatever order both arrive.
   *
   * @param from the start of the window, in microseconds
   * @param to its end, exclusive: a key whose values are from the window, and which is not among
   *     the rows, is gone
   * @param rows at most one of each key
   * @param now in microseconds: a store whose records end by themselves keeps none that has ended
   * @return how many keys have these values now
   * @throws mlops.error.MlopsException FAILED where the store cannot be reached, REFUSED where it
   *     cannot hold a value
   */
  long replace(OnlineTable table, long from, long to, Rows rows, long now);

  /** The keys whose values are from a window; both ends in microseconds, the end is exclusive. */
  List<List<Object>> within(OnlineTable table, long from, long to);

  /**
   * What is there, one for each key in the order asked, whatever its age; empty where nothing is,
   * and for a key that holds a null.
   */
  List<Optional<OnlineRow>> rows(OnlineTable table, List<? extends List<?>> keys);

  /**
   * What counts at an instant, one for each key in the order asked: nothing older than the lookback
   * of the set, which is inclusive.
   */
  default List<Optional<OnlineRow>> get(
      OnlineTable table, List<? extends List<?>> keys, Instant now) {
    long at = Micros.of(now);
    Optional<Long> oldest = table.oldest(at);
    return rows(table, keys).stream()
        .map(
            row ->
                row.filter(r -> r.event() <= at && (oldest.isEmpty() || r.event() >= oldest.get())))
        .toList();
  }

  /** Where it is, without secrets. */
  String place();

  @Override
  void close();
}
