package mlops.features.table;

/**
 * A column of a file.
 *
 * @param type as DuckDB names it, such as {@code BIGINT}
 */
public record FileColumn(String name, String type) {

  public boolean isText() {
    return type.equals("VARCHAR");
  }

  public boolean isWhole() {
    return type.matches("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?");
  }

  public boolean isFraction() {
    return type.equals("DOUBLE") || type.equals("FLOAT") || type.startsWith("DECIMAL");
  }

  public boolean isDate() {
    return type.equals("DATE");
  }

  public boolean isTime() {
    return type.startsWith("TIMESTAMP");
  }

  /** Whether its times are instants: they need no zone. */
  public boolean isInstant() {
    return type.equals("TIMESTAMP WITH TIME ZONE");
  }
}
