package mlops.features.table;

import java.util.Optional;
import mlops.features.spec.ColumnType;
import mlops.features.spec.TimestampFormat;

/** Expressions that turn columns into values of the types of a spec. What does not fit is null. */
public final class ValueSql {
  private static final String WHOLE = "'\\s*[+-]?[0-9]+(\\.0*)?\\s*'";

  /** The type in DuckDB. */
  public static String type(ColumnType type) {
    return switch (type) {
      case STRING -> "VARCHAR";
      case INTEGER -> "INTEGER";
      case LONG -> "BIGINT";
      case FLOAT -> "FLOAT";
      case DOUBLE -> "DOUBLE";
      case BINARY -> "BLOB";
      case DATETIME -> "TIMESTAMPTZ";
      case BOOLEAN -> "BOOLEAN";
    };
  }

  /** A value of a type. */
  public static String value(FileColumn column, ColumnType type) {
    String name = Sql.name(column.name());
    if (type.isWhole() && column.isText()) {
      return "CASE WHEN regexp_full_match(%1$s, %2$s) THEN TRY_CAST(trim(%1$s) AS %3$s) END"
          .formatted(name, WHOLE, type(type));
    }
    if (type.isWhole() && column.isFraction()) {
      return "CASE WHEN %1$s = floor(%1$s) THEN TRY_CAST(%1$s AS %2$s) END"
          .formatted(name, type(type));
    }
    return "TRY_CAST(%s AS %s)".formatted(name, type(type));
  }

  /** A key, such that equal keys are equal values: whole numbers of any size in one type. */
  public static String key(FileColumn column, ColumnType type) {
    return value(column, type.isWhole() ? ColumnType.LONG : type);
  }

  /** As what keys are compared: a text and a number as numbers, as Spark does it. */
  public static ColumnType keyType(ColumnType declared, FileColumn observed) {
    if (declared != ColumnType.STRING) {
      return declared;
    }
    return observed.isWhole()
        ? ColumnType.LONG
        : observed.isFraction() ? ColumnType.DOUBLE : ColumnType.STRING;
  }

  /**
   * A time as an instant.
   *
   * @param format the pattern of texts, in Spark's letters; a whole number is seconds since 1970
   */
  public static String instant(FileColumn column, Optional<String> format) {
    String name = Sql.name(column.name());
    if (column.isWhole()) {
      return "CAST(%s AS BIGINT) * 1000000".formatted(name);
    }
    Optional<String> pattern = format.flatMap(TimestampFormat::duckdb).filter(p -> column.isText());
    return pattern
        .map(
            p -> "epoch_us(CAST(try_strptime(%s, %s) AS TIMESTAMPTZ))".formatted(name, Sql.text(p)))
        .orElse("epoch_us(TRY_CAST(%s AS TIMESTAMPTZ))".formatted(name));
  }

  /** For texts: whether one says its offset from UTC. */
  public static String saysOffset(String name) {
    return "regexp_full_match(%s, '.*[0-9]:[0-9]{1,2}.*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)\\s*')"
        .formatted(name);
  }

  private ValueSql() {}
}
