package mlops.features.materialize;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import mlops.error.MlopsException;
import mlops.features.materialize.DataInterval.Status;
import mlops.features.materialize.MaterializationRequest.Online;
import mlops.features.online.Micros;
import mlops.features.online.OnlineRow;
import mlops.features.online.OnlineStore;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.spec.SourceType;
import mlops.features.table.DuckDb;

/**
 * Computes the features of a window and stores them. The same window again leaves the same bytes;
 * one that is computed in parts has the rows of the whole; a run that is killed leaves what was
 * there before, and the next one finishes it.
 */
public final class Materialization {
  private final MaterializationRequest request;
  private final DuckDb database;
  private final TimeWindow window;
  private final long from;
  private final long to;

  private Materialization(MaterializationRequest request, DuckDb database, TimeWindow window) {
    this.request = request;
    this.database = database;
    this.window = window;
    this.from = Micros.of(window.start());
    this.to = Micros.of(window.end());
  }

  /**
   * Computes and stores; waits for a run of the same folder.
   *
   * @throws MlopsException INVALID where source and spec do not fit, REFUSED for ties and for a
   *     spec with other columns than the stored ones, FAILED where a store cannot be used
   */
  public static MaterializationReport run(MaterializationRequest request) {
    FeatureSetSpec spec = request.source().spec();
    requireFiles(request);
    Duration delay = spec.source().delay();
    TimeWindow window = request.window().until(request.now(), delay);
    if (window.isEmpty()) {
      return MaterializationReport.nothing(window);
    }
    try (FolderLock lock = FolderLock.in(request.folder());
        DuckDb database = DuckDb.start(ZoneId.of("UTC"))) {
      return new Materialization(request, database, window).runNoted(lock);
    }
  }

  private static void requireFiles(MaterializationRequest request) {
    FeatureSetSpec spec = request.source().spec();
    if (spec.needsSpark()) {
      String why =
          spec.transformer()
              .map(t -> "the PySpark transformer " + t)
              .orElse("a source of type " + spec.source().type().word);
      throw MlopsException.invalid(
          "%s needs Spark: it has %s".formatted(request.source().id(), why),
          "Here windows over %s and %s files, and their columns, are computed. Materialize it with --cloud azure, on Spark, or do without it in the feature set."
              .formatted(SourceType.CSV.word, SourceType.PARQUET.word));
    }
  }

  /** What is being done stands in the intervals before it begins, and what came of it after. */
  private MaterializationReport runNoted(FolderLock lock) {
    note(lock, Status.PENDING);
    boolean done = false;
    try {
      MaterializationReport report = compute();
      done = true;
      return report;
    } finally {
      note(lock, done ? Status.COMPLETE : Status.INCOMPLETE);
    }
  }

  private void note(FolderLock lock, Status status) {
    Path folder = lock.folder();
    String definition = DefinitionHash.of(request.source().spec());
    DataIntervals.in(folder)
        .with(new DataInterval(window, status, definition, request.now()))
        .write(folder);
  }

  private MaterializationReport compute() {
    WindowRows rows = new WindowRows(database, request.source());
    rows.compute(from, to, request.lastOfTies());
    OfflineTable offline =
        new OfflineTable(database, request.source(), request.folder().resolve("table"));
    List<String> changed =
        request.offline() ? offline.replace(window, from, to, request.now()) : List.of();
    long stored = request.offline() ? offline.count(from, to) : 0;
    long online = request.online().map(o -> online(o, offline)).orElse(0L);
    Optional<SourceExtent> elsewhere =
        rows.read() == 0
            ? Optional.of(SourceExtent.of(database, request.source()))
            : Optional.empty();
    return new MaterializationReport(
        window, rows.read(), rows.keyless(), rows.dropped(), stored, changed, online, elsewhere);
  }

  /** A key whose values are from this window, and no longer in it, gets the newest ones before. */
  private long online(Online online, OfflineTable offline) {
    OnlineStore store = online.store();
    Set<List<Object>> there = new HashSet<>(store.within(online.table(), from, to));
    FeatureSetSpec spec = request.source().spec();
    NewestRows newest = new NewestRows(database, spec, "m");
    OnlineStore.Rows rows =
        take -> {
          Set<List<Object>> found = new HashSet<>();
          newest.each(
              row -> {
                found.add(row.key());
                take.accept(row);
              });
          Set<List<Object>> gone = new HashSet<>(there);
          gone.removeAll(found);
          if (!gone.isEmpty()) {
            older(offline, spec, gone, take);
          }
        };
    return store.replace(online.table(), from, to, rows, Micros.of(request.now()));
  }

  private void older(
      OfflineTable offline, FeatureSetSpec spec, Set<List<Object>> keys, Consumer<OnlineRow> take) {
    offline
        .relation()
        .map(all -> new NewestRows(database, spec, NewestRows.named(spec, all)))
        .ifPresent(
            all ->
                all.each(
                    row -> {
                      if (keys.contains(row.key())) {
                        take.accept(row);
                      }
                    }));
  }
}
