package mlops.features.join;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import mlops.error.MlopsException;
import mlops.features.spec.DataColumn;
import mlops.features.table.DuckDb;
import mlops.features.table.SourceTable;

/**
 * Gives each observation the newest values of its key that could be had when it was made: not
 * younger than the source's delay, not older than the lookback, both ends included. As many rows
 * come out as go in, in the same order.
 */
public final class PointInTimeJoin {
  private final DuckDb database;
  private final JoinRequest request;

  private PointInTimeJoin(DuckDb database, JoinRequest request) {
    this.database = database;
    this.request = request;
  }

  /**
   * Joins, and writes the file.
   *
   * @throws MlopsException INVALID where files and specs do not fit, REFUSED for ties
   */
  public static JoinReport run(JoinRequest request) {
    requireFeatures(request);
    try (DuckDb database = DuckDb.start(request.options().zone())) {
      return new PointInTimeJoin(database, request).join();
    }
  }

  private static void requireFeatures(JoinRequest request) {
    if (request.features().isEmpty()) {
      throw MlopsException.invalid("No feature is asked for", "Name at least one.");
    }
    Set<String> seen = new LinkedHashSet<>();
    for (JoinRequest.RequestedFeature feature : request.features()) {
      String set = feature.source().id();
      if (feature.source().spec().feature(feature.name()).isEmpty()) {
        List<String> names =
            feature.source().spec().features().stream().map(DataColumn::name).toList();
        throw MlopsException.invalid(
            "%s has no feature %s".formatted(set, feature.name()),
            "It has: %s.".formatted(String.join(", ", names)));
      }
      if (!seen.add(feature.name().toLowerCase(Locale.ROOT))) {
        throw MlopsException.invalid(
            "Two features that are asked for have the name " + feature.name(),
            "Ask for one of them, or give one another name in its set.");
      }
    }
  }

  private JoinReport join() {
    Observations observations = new Observations(database, request);
    for (JoinRequest.RequestedFeature feature : request.features()) {
      if (observations.hasLike(feature.name())) {
        throw MlopsException.invalid(
            "The observations have a column %s, as the feature of %s"
                .formatted(feature.name(), feature.source().id()),
            "Rename the column; Azure's join fails there too.");
      }
    }
    observations.load();
    List<JoinedSet> sets = new ArrayList<>();
    for (SourceTable source : request.sources()) {
      sets.add(JoinedSet.prepare(database, request, source, observations));
    }
    database.run("CREATE TEMP TABLE r AS " + joined(observations, sets));
    long in = database.number("SELECT count(*) FROM o");
    long out = database.number("SELECT count(*) FROM r");
    if (in != out) {
      throw new IllegalStateException("%d rows in, %d rows out".formatted(in, out));
    }
    if (!request.options().lastOfTies()) {
      sets.forEach(set -> TieCheck.check(database, set));
    }
    JoinReport report = new ReportQueries(database, request, observations, sets).report();
    new JoinOutput(database, request, observations).write();
    return report;
  }

  private String joined(Observations observations, List<JoinedSet> sets) {
    List<String> select = new ArrayList<>();
    observations.columns().forEach(c -> select.add("o." + observations.place(c)));
    select.add("o.instant");
    int number = 0;
    for (JoinRequest.RequestedFeature feature : request.features()) {
      JoinedSet set = sets.get(request.number(feature.source()));
      select.add("%s AS y%d".formatted(set.value(feature.name()), number++));
    }
    StringBuilder from = new StringBuilder("o");
    for (JoinedSet set : sets) {
      select.addAll(set.bookkeeping());
      from.append('\n').append(set.clause());
    }
    return "SELECT %s FROM %s ORDER BY o.rowid".formatted(String.join(", ", select), from);
  }
}
