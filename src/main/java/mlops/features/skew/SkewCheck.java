package mlops.features.skew;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.features.materialize.DataIntervals;
import mlops.features.online.Micros;
import mlops.features.online.OnlineRow;
import mlops.features.skew.JoinedKeys.Joined;
import mlops.features.skew.Skew.Cell;
import mlops.features.spec.DataColumn;
import mlops.features.table.DuckDb;
import org.jspecify.annotations.Nullable;

/**
 * Computes sampled keys again by the join, from the source, and compares cell by cell, with nulls
 * and times, what serving would give at the same instant.
 */
public final class SkewCheck {
  /** Sums of the same numbers in another order differ by less. */
  private static final double ROUNDING = 1e-12;

  private final SkewRequest request;
  private final long at;
  private final List<Both> differing = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long newer;
  private long valued;
  private long rounded;

  private SkewCheck(SkewRequest request) {
    this.request = request;
    this.at = Micros.of(request.at());
  }

  /**
   * A key on both sides.
   *
   * @param kept what the online store has of it, whatever its age
   * @param served the same where it is young enough
   */
  record Both(
      Joined joined, Optional<OnlineRow> kept, Optional<OnlineRow> served, List<Cell> cells) {}

  /**
   * Compares.
   *
   * @throws mlops.error.MlopsException where the source or a store cannot be read
   */
  public static SkewReport of(SkewRequest request) {
    return new SkewCheck(request).report();
  }

  private SkewReport report() {
    try (DuckDb database = DuckDb.start(ZoneId.of("UTC"))) {
      List<Joined> joined = new JoinedKeys(database, request).all();
      List<Optional<OnlineRow>> kept =
          request.store().rows(request.table(), joined.stream().map(Joined::key).toList());
      for (int i = 0; i < joined.size(); i++) {
        compare(joined.get(i), kept.get(i));
      }
      List<Joined> asked = differing.stream().map(Both::joined).toList();
      Map<List<Object>, OnlineRow> stored = new StoredRows(database, request).of(asked);
      DataIntervals intervals = DataIntervals.in(request.folder());
      SkewDiagnosis diagnosis = new SkewDiagnosis(request, intervals, stored, names);
      long keys = joined.size() - newer;
      return new SkewReport(
          request.source().id(),
          request.at(),
          keys,
          newer,
          keys * request.table().spec().features().size(),
          valued,
          rounded,
          newest(kept).map(event -> event.plus(request.table().spec().source().delay())),
          differing.stream().map(b -> skew(b, diagnosis.of(b))).toList());
    }
  }

  /** As layout 2 of Azure joins the values of a key, so that two keys can have one name. */
  static String name(List<Object> key) {
    return key.stream().map(Object::toString).collect(Collectors.joining(":"));
  }

  private static Optional<Instant> newest(List<Optional<OnlineRow>> kept) {
    return kept.stream()
        .flatMap(Optional::stream)
        .map(OnlineRow::event)
        .max(Comparator.naturalOrder())
        .map(Micros::instant);
  }

  private void compare(Joined joined, Optional<OnlineRow> kept) {
    kept.ifPresent(k -> names.add(name(k.key())));
    long reach = at - request.table().spec().source().delay().toNanos() / 1000;
    if (kept.filter(k -> k.event() > reach).isPresent()) {
      newer++;
      return;
    }
    Optional<Long> oldest = request.oldest(at);
    Optional<OnlineRow> served = kept.filter(k -> oldest.isEmpty() || k.event() >= oldest.get());
    if (joined.event().isPresent() || served.isPresent()) {
      valued++;
    }
    List<Cell> cells = new ArrayList<>();
    List<DataColumn> features = request.table().spec().features();
    for (int i = 0; i < features.size(); i++) {
      @Nullable Object offline = joined.values().get(i);
      int place = i;
      @Nullable Object online = served.map(s -> s.values().get(place)).orElse(null);
      if (!Objects.equals(offline, online) && !isRounded(offline, online)) {
        cells.add(new Cell(features.get(i).name(), offline, online));
      }
    }
    if (!cells.isEmpty() || !joined.event().equals(served.map(OnlineRow::event))) {
      differing.add(new Both(joined, kept, served, cells));
    }
  }

  private boolean isRounded(@Nullable Object offline, @Nullable Object online) {
    boolean near = isNear(offline, online);
    rounded += near ? 1 : 0;
    return near;
  }

  /** Whether two fractions are the same but for the order in which they were computed. */
  static boolean isNear(@Nullable Object one, @Nullable Object other) {
    return one instanceof Double a
        && other instanceof Double b
        && Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
  }

  private Skew skew(Both both, SkewCause cause) {
    Map<String, Object> key = new LinkedHashMap<>();
    List<DataColumn> columns = request.table().spec().indexColumns();
    for (int i = 0; i < columns.size(); i++) {
      key.put(columns.get(i).name(), both.joined().key().get(i));
    }
    return new Skew(
        cause,
        key,
        both.joined().event().map(Micros::instant),
        both.served().map(s -> Micros.instant(s.event())),
        both.cells());
  }
}
