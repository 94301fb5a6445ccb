package mlops.features.skew;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.features.materialize.NewestRows;
import mlops.features.materialize.OfflineTable;
import mlops.features.online.OnlineRow;
import mlops.features.skew.JoinedKeys.Joined;
import mlops.features.table.DuckDb;
import mlops.features.table.JavaValue;
import mlops.features.table.Sql;

/** The rows of the offline store at the very events that the join found. */
final class StoredRows {
  private static final int BATCH = 500;

  private final DuckDb database;
  private final SkewRequest request;

  StoredRows(DuckDb database, SkewRequest request) {
    this.database = database;
    this.request = request;
  }

  /** By key; a key whose row is not stored is not among them. */
  Map<List<Object>, OnlineRow> of(List<Joined> found) {
    Map<List<Object>, OnlineRow> rows = new HashMap<>();
    Optional<String> all =
        new OfflineTable(database, request.source(), request.folder().resolve("table")).relation();
    List<Joined> asked = found.stream().filter(j -> j.event().isPresent()).toList();
    for (int i = 0; all.isPresent() && i < asked.size(); i += BATCH) {
      String named = NewestRows.named(request.source().spec(), all.get());
      String some =
          "(SELECT * FROM %s WHERE (%s) IN (%s))"
              .formatted(
                  named,
                  columns(),
                  Sql.list(
                      Set.copyOf(asked.subList(i, Math.min(i + BATCH, asked.size()))),
                      this::place));
      new NewestRows(database, request.source().spec(), some).each(row -> rows.put(row.key(), row));
    }
    return rows;
  }

  private String columns() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < request.source().spec().indexColumns().size(); i++) {
      names.add("k" + i);
    }
    names.add("t");
    return String.join(", ", names);
  }

  private String place(Joined joined) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < joined.key().size(); i++) {
      values.add(
          JavaValue.literal(
              joined.key().get(i), request.source().spec().indexColumns().get(i).type()));
    }
    values.add(joined.event().map(Object::toString).orElse("NULL"));
    return "(" + String.join(", ", values) + ")";
  }
}
