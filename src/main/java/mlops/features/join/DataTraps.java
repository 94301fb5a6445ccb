package mlops.features.join;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import mlops.features.join.JoinReport.SetReport;
import mlops.features.table.DuckDb;
import mlops.features.table.FileColumn;
import mlops.features.table.Sql;
import mlops.features.table.ValueSql;
import mlops.features.trap.AzureTrap;
import mlops.features.trap.DefinitionTraps;
import mlops.features.trap.MetTrap;

/** The traps of Azure's own code that these data meet, beside those of the definitions. */
final class DataTraps {
  private final DuckDb database;
  private final JoinRequest request;
  private final Observations observations;
  private final List<JoinedSet> sets;
  private final String file;

  DataTraps(DuckDb database, JoinRequest request, Observations observations, List<JoinedSet> sets) {
    this.database = database;
    this.request = request;
    this.observations = observations;
    this.sets = List.copyOf(sets);
    this.file = String.valueOf(request.observations().path().getFileName());
  }

  List<MetTrap> of(List<SetReport> reports) {
    List<MetTrap> met = new ArrayList<>();
    for (JoinedSet set : sets) {
      String id = set.source().id();
      met.addAll(
          DefinitionTraps.join(id, set.source().spec()).stream()
              .filter(m -> m.trap() != AzureTrap.KEYS_RUN_TOGETHER)
              .toList());
      keys(set, met);
      timeColumn(set, met);
      SetReport report = reports.get(set.number());
      if (report.dropped() > 0 && !set.isCreated()) {
        String why = "%,d rows of its source share key and time with another";
        met.add(new MetTrap(AzureTrap.TIES, id, why.formatted(report.dropped())));
      }
    }
    times(met);
    versions(met);
    if (observations.has("entity_timestamp")) {
      met.add(new MetTrap(AzureTrap.ENTITY_TIMESTAMP, file, "it has this column"));
    }
    return MetTrap.sorted(met.stream());
  }

  /** Whether different keys at one instant make the same text. */
  private void keys(JoinedSet set, List<MetTrap> met) {
    List<String> keys =
        set.rows().keyNames().stream()
            .map(k -> "k%d_%s".formatted(set.number(), k.substring(1)))
            .toList();
    if (keys.size() < 2) {
      return;
    }
    String distinct = Sql.list(keys, k -> k);
    long collisions =
        database.number(
            "SELECT count(*) FROM (SELECT instant FROM (SELECT DISTINCT instant, %s FROM r) GROUP BY instant, concat(%s) HAVING count(*) > 1)"
                .formatted(distinct, distinct));
    if (collisions > 0) {
      String why = "%,d instants at which keys such as (1, 23) and (12, 3) meet";
      met.add(
          new MetTrap(AzureTrap.KEYS_RUN_TOGETHER, set.source().id(), why.formatted(collisions)));
    }
  }

  /** Azure takes the column named like the feature set's, whatever is said. */
  private void timeColumn(JoinedSet set, List<MetTrap> met) {
    String own = set.source().spec().source().timestampColumn();
    if (!own.equals(request.timestampColumn())) {
      String why =
          observations.has(own)
              ? "%s has a column %s beside %s"
              : "%s has no column %s, only %s: there the join fails";
      met.add(
          new MetTrap(
              AzureTrap.OTHER_TIME_COLUMN,
              set.source().id(),
              why.formatted(file, own, request.timestampColumn())));
    }
  }

  private void times(List<MetTrap> met) {
    FileColumn time = observations.time();
    boolean text =
        time.isText()
            && database.number(
                    "SELECT count(DISTINCT regexp_extract(%1$s, '([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)\\s*$')) FROM o WHERE %2$s"
                        .formatted(
                            observations.place(time),
                            ValueSql.saysOffset(observations.place(time))))
                > 1;
    if (text || time.isDate()) {
      String why = text ? "texts with several offsets" : "dates";
      met.add(new MetTrap(AzureTrap.TEXT_TIMES, file, time.name() + " holds " + why));
    }
  }

  private void versions(List<MetTrap> met) {
    sets.stream()
        .map(s -> s.source().id())
        .collect(Collectors.groupingBy(id -> id.replaceFirst(":.*", "")))
        .values()
        .stream()
        .filter(ids -> ids.size() > 1)
        .map(
            ids ->
                new MetTrap(
                    AzureTrap.VERSIONS_AS_ONE, String.join(", ", ids), "asked for together"))
        .forEach(met::add);
  }
}
