package mlops.features.skew;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import mlops.features.materialize.DataInterval;
import mlops.features.materialize.DataInterval.Status;
import mlops.features.materialize.DataIntervals;
import mlops.features.materialize.DefinitionHash;
import mlops.features.online.Micros;
import mlops.features.online.OnlineRow;
import mlops.features.online.RedisStore;
import mlops.features.skew.SkewCheck.Both;
import org.jspecify.annotations.Nullable;

/** Finds out why a key differs, by what was materialized, and when. */
final class SkewDiagnosis {
  private final SkewRequest request;
  private final DataIntervals intervals;
  private final Map<List<Object>, OnlineRow> stored;
  private final Set<String> names;
  private final String definition;

  /**
   * @param stored the rows of the offline store at the events that the join found
   * @param names of keys that have a record online, as layout 2 joins them
   */
  SkewDiagnosis(
      SkewRequest request,
      DataIntervals intervals,
      Map<List<Object>, OnlineRow> stored,
      Set<String> names) {
    this.names = Set.copyOf(names);
    this.request = request;
    this.intervals = intervals;
    this.stored = stored;
    this.definition = DefinitionHash.of(request.source().spec());
  }

  SkewCause of(Both both) {
    if (both.joined().tie()) {
      return SkewCause.TIED_ROWS;
    }
    Optional<Long> offline = both.joined().event();
    Optional<Long> online = both.served().map(OnlineRow::event);
    if (offline.isEmpty() || online.filter(e -> e > offline.get()).isPresent()) {
      return sameSecond(offline, online) ? SkewCause.WHOLE_SECONDS : SkewCause.GONE_FROM_SOURCE;
    }
    Optional<DataInterval> interval = complete(Micros.instant(offline.get()));
    if (interval.isEmpty()) {
      return SkewCause.NOT_MATERIALIZED;
    }
    if (!interval.get().definition().equals(definition)) {
      return SkewCause.CHANGED_DEFINITION;
    }
    return online.equals(offline)
        ? otherValues(both, interval.get())
        : missing(both, interval.get(), sameSecond(offline, online));
  }

  private static boolean sameSecond(Optional<Long> offline, Optional<Long> online) {
    return offline.isPresent()
        && online.isPresent()
        && Math.floorDiv(offline.get(), 1_000_000L) == Math.floorDiv(online.get(), 1_000_000L);
  }

  private Optional<DataInterval> complete(Instant event) {
    return intervals.all().stream()
        .filter(i -> i.status() == Status.COMPLETE)
        .filter(i -> !event.isBefore(i.window().start()) && event.isBefore(i.window().end()))
        .findFirst();
  }

  /** The join found a row that is not, or not yet, what is served. */
  private SkewCause missing(Both both, DataInterval interval, boolean second) {
    boolean isStored = stored.containsKey(both.joined().key());
    if (!isStored || isLate(both, interval)) {
      return SkewCause.LATE_ROW;
    } else if (second) {
      return SkewCause.WHOLE_SECONDS;
    }
    boolean shared =
        request.table().spec().schemaVersion() == 2
            && request.store() instanceof RedisStore
            && both.kept().isEmpty()
            && names.contains(SkewCheck.name(both.joined().key()));
    return shared ? SkewCause.SHARED_NAME : SkewCause.LOST_ONLINE;
  }

  /** Both have the row of the same event. */
  private SkewCause otherValues(Both both, DataInterval interval) {
    if (isLate(both, interval)) {
      return SkewCause.LATE_ROW;
    }
    boolean byAzure =
        request.store() instanceof RedisStore
            && both.joined().created().isPresent()
            && both.kept().filter(k -> k.created().isPresent()).isEmpty();
    if (byAzure) {
      return request.table().spec().schemaVersion() == 1
          ? SkewCause.TIED_WRITES
          : SkewCause.NO_CORRECTION;
    }
    @Nullable OnlineRow kept = stored.get(both.joined().key());
    return kept != null && same(kept.values(), both.joined().values())
        ? SkewCause.CHANGED_ONLINE
        : SkewCause.CHANGED_SOURCE;
  }

  private static boolean same(List<@Nullable Object> some, List<@Nullable Object> others) {
    for (int i = 0; i < some.size(); i++) {
      @Nullable Object one = some.get(i);
      @Nullable Object other = others.get(i);
      if (!Objects.equals(one, other) && !SkewCheck.isNear(one, other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLate(Both both, DataInterval interval) {
    return both.joined().created().filter(c -> c > Micros.of(interval.at())).isPresent();
  }
}
