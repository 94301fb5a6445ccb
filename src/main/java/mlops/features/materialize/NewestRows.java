package mlops.features.materialize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mlops.features.online.OnlineKey;
import mlops.features.online.OnlineRow;
import mlops.features.online.OnlineStore;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureSetSpec;
import mlops.features.table.DuckDb;
import mlops.features.table.DuckDbRow;
import mlops.features.table.JavaValue;
import mlops.features.table.SourceColumns;
import mlops.features.table.Sql;
import org.jspecify.annotations.Nullable;

/** The newest row of each key of a table, by event and creation, as an online store takes it. */
public final class NewestRows implements OnlineStore.Rows {
  private final DuckDb database;
  private final FeatureSetSpec spec;
  private final String relation;

  /** Of a table with columns as {@link WindowRows} has them. */
  public NewestRows(DuckDb database, FeatureSetSpec spec, String relation) {
    this.database = database;
    this.spec = spec;
    this.relation = relation;
  }

  /** The columns of the offline store under the names of {@link WindowRows}. */
  public static String named(FeatureSetSpec spec, String offline) {
    List<String> select = new ArrayList<>();
    int number = 0;
    for (DataColumn key : spec.indexColumns()) {
      select.add("%s AS k%d".formatted(Sql.name(key.name()), number++));
    }
    select.add("epoch_us(%s) AS t".formatted(Sql.name(spec.source().timestampColumn())));
    select.add("epoch_us(%s) AS c".formatted(Sql.name(SourceColumns.CREATED)));
    number = 0;
    for (DataColumn feature : spec.features()) {
      select.add("%s AS v%d".formatted(Sql.name(feature.name()), number++));
    }
    return "(SELECT %s FROM %s)".formatted(String.join(", ", select), offline);
  }

  @Override
  public void each(Consumer<OnlineRow> to) {
    List<String> keys = new ArrayList<>();
    List<String> outer = new ArrayList<>();
    for (int i = 0; i < spec.indexColumns().size(); i++) {
      keys.add("k" + i);
      outer.add(JavaValue.sql("k" + i, spec.indexColumns().get(i).type()) + " AS k" + i);
    }
    List<String> fields = new ArrayList<>(List.of("'t': t", "'c': c"));
    for (int i = 0; i < spec.features().size(); i++) {
      fields.add("'v%1$d': v%1$d".formatted(i));
      outer.add(JavaValue.sql("s.v" + i, spec.features().get(i).type()) + " AS v" + i);
    }
    database.each(
        "SELECT s.t AS t, s.c AS c, %s FROM (SELECT %s, arg_max({%s}, {'t': t, 'c': coalesce(c, -9223372036854775808)}) AS s FROM %s GROUP BY ALL)"
            .formatted(
                String.join(", ", outer),
                String.join(", ", keys),
                String.join(", ", fields),
                relation),
        row -> to.accept(row(row)));
  }

  private OnlineRow row(DuckDbRow row) {
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < spec.indexColumns().size(); i++) {
      Object value = JavaValue.of(row.at("k" + i).orElseThrow(), spec.indexColumns().get(i).type());
      key.add(OnlineKey.alike(value));
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < spec.features().size(); i++) {
      ColumnType type = spec.features().get(i).type();
      values.add(row.at("v" + i).map(v -> JavaValue.of(v, type)).orElse(null));
    }
    return new OnlineRow(key, row.number("t"), row.at("c").map(c -> (Long) c), values);
  }
}
