package mlops.features.join;

/**
 * A column of a file.
 *
 * @param type as DuckDB names it, such as {@code BIGINT}
 */
record FileColumn(String name, String type) {

  boolean isText() {
    return type.equals("VARCHAR");
  }

  boolean isWhole() {
    return type.matches("U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?");
  }

  boolean isFraction() {
    return type.equals("DOUBLE") || type.equals("FLOAT") || type.startsWith("DECIMAL");
  }

  boolean isDate() {
    return type.equals("DATE");
  }

  boolean isTime() {
    return type.startsWith("TIMESTAMP");
  }

  /** Whether its times are instants: they need no zone. */
  boolean isInstant() {
    return type.equals("TIMESTAMP WITH TIME ZONE");
  }
}
