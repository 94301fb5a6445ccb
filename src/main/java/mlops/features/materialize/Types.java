package mlops.features.materialize;

import mlops.features.spec.ColumnType;
import mlops.features.table.ValueSql;

/** The types of columns elsewhere. */
final class Types {

  static String duckdb(ColumnType type) {
    return ValueSql.type(type);
  }

  /** In the schema of a Delta table. */
  static String delta(ColumnType type) {
    return switch (type) {
      case DATETIME -> "timestamp";
      default -> type.word();
    };
  }

  private Types() {}
}
