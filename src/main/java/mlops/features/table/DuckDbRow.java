package mlops.features.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A row of an answer, by the names of its columns. */
public record DuckDbRow(Map<String, Optional<Object>> values) {

  public DuckDbRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A value; empty for null. */
  public Optional<Object> at(String name) {
    return values.getOrDefault(name, Optional.empty());
  }

  /** A value as text; {@code null} for null. */
  public String text(String name) {
    return at(name).map(Object::toString).orElse("null");
  }

  /** A number; 0 for null. */
  public long number(String name) {
    return at(name).map(v -> ((Number) v).longValue()).orElse(0L);
  }

  /** Whether a value is true, and not null. */
  public boolean isTrue(String name) {
    return at(name).map(Boolean.TRUE::equals).orElse(false);
  }
}
