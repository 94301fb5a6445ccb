package mlops.features.join;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import mlops.features.join.JoinReport.FeatureReport;
import mlops.features.join.JoinReport.SetReport;
import mlops.features.table.DuckDb;
import mlops.features.table.DuckDbRow;
import mlops.features.table.Sql;

/** Counts what became of all rows. */
final class ReportQueries {
  private final DuckDb database;
  private final JoinRequest request;
  private final Observations observations;
  private final List<JoinedSet> sets;

  ReportQueries(
      DuckDb database, JoinRequest request, Observations observations, List<JoinedSet> sets) {
    this.database = database;
    this.request = request;
    this.observations = observations;
    this.sets = List.copyOf(sets);
  }

  JoinReport report() {
    List<String> counts = new ArrayList<>(List.of("count(*) AS n", "count(instant) AS timed"));
    for (int i = 0; i < request.features().size(); i++) {
      counts.add("count(y%1$d) AS y%1$d".formatted(i));
    }
    for (JoinedSet set : sets) {
      int n = set.number();
      counts.add("count(t%1$d) AS matched%1$d".formatted(n));
      counts.add("count(*) FILTER (tie%1$d) AS tie%1$d".formatted(n));
      counts.add("count(*) FILTER (keyless%1$d) AS keyless%1$d".formatted(n));
      counts.add("count(*) FILTER (c%1$d > instant) AS late%1$d".formatted(n));
      counts.add("max(instant - t%1$d) AS oldest%1$d".formatted(n));
    }
    DuckDbRow row = database.row("SELECT %s FROM r".formatted(String.join(", ", counts)));
    long rows = row.number("n");
    List<SetReport> reports = new ArrayList<>();
    sets.forEach(set -> reports.add(report(set, row, rows)));
    return new JoinReport(
        rows,
        rows - row.number("timed"),
        reports,
        new DataTraps(database, request, observations, sets).of(reports));
  }

  private SetReport report(JoinedSet set, DuckDbRow row, long rows) {
    int n = set.number();
    String keyless = Sql.all(set.rows().keyNames(), k -> k + " IS NOT NULL");
    DuckDbRow source =
        database.row(
            "SELECT count(*) AS n, count(t) AS timed, count(*) FILTER (NOT (%s)) AS keyless FROM %s"
                .formatted(keyless, set.rows().table()));
    List<FeatureReport> features = new ArrayList<>();
    for (int i = 0; i < request.features().size(); i++) {
      JoinRequest.RequestedFeature feature = request.features().get(i);
      if (feature.source().equals(set.source())) {
        features.add(new FeatureReport(feature.name(), rows - row.number("y" + i)));
      }
    }
    return new SetReport(
        set.source().id(),
        source.number("n"),
        source.number("n") - source.number("timed"),
        source.number("keyless"),
        set.dropped(),
        row.number("keyless" + n),
        row.number("matched" + n),
        row.number("tie" + n),
        row.number("late" + n),
        row.at("oldest" + n).map(us -> Duration.of(((Number) us).longValue(), ChronoUnit.MICROS)),
        features);
  }
}
