package mlops.features.join;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A row of an answer, by the names of its columns. */
record DuckDbRow(Map<String, Optional<Object>> values) {

  DuckDbRow {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A value; empty for null. */
  Optional<Object> at(String name) {
    return values.getOrDefault(name, Optional.empty());
  }

  /** A value as text; {@code null} for null. */
  String text(String name) {
    return at(name).map(Object::toString).orElse("null");
  }

  /** A number; 0 for null. */
  long number(String name) {
    return at(name).map(v -> ((Number) v).longValue()).orElse(0L);
  }

  /** Whether a value is true, and not null. */
  boolean isTrue(String name) {
    return at(name).map(Boolean.TRUE::equals).orElse(false);
  }
}
