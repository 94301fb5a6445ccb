package mlops.features.online;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;

/** Keys such that equal ones are equal: whole numbers of any size as {@code Long}. */
public final class OnlineKey {

  /** A key in the types of its columns; empty where one of its values is null. */
  static Optional<List<Object>> of(List<? extends @Nullable Object> values, OnlineTable table) {
    List<Object> key = new ArrayList<>();
    for (int i = 0; i < table.keys().size(); i++) {
      @Nullable Object value = i < values.size() ? values.get(i) : null;
      if (value == null) {
        return Optional.empty();
      }
      key.add(alike(value));
    }
    return Optional.of(key);
  }

  /** The same object for values that a join takes for equal: zero has a sign, and it sees none. */
  public static Object alike(Object value) {
    if (value instanceof Integer || value instanceof Short) {
      return ((Number) value).longValue();
    }
    boolean zero = (value instanceof Double d && d == 0) || (value instanceof Float f && f == 0);
    return zero ? value instanceof Double ? (Object) 0.0 : (Object) 0.0f : value;
  }

  /**
   * What a text says in the type of a column.
   *
   * @return empty where it is no value of that type
   */
  public static Optional<Object> read(String text, DataColumn column) {
    try {
      return Optional.of(value(text, column.type()));
    } catch (ArithmeticException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Object value(String text, ColumnType type) {
    return switch (type) {
      case STRING -> text;
      case INTEGER, LONG -> new BigDecimal(text.strip()).longValueExact();
      case FLOAT -> Float.valueOf(text.strip());
      case DOUBLE -> Double.valueOf(text.strip());
      case BOOLEAN -> bool(text.strip());
      case DATETIME -> Instant.parse(text.strip());
      case BINARY -> ByteBuffer.wrap(Base64.getDecoder().decode(text));
    };
  }

  private static boolean bool(String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new IllegalArgumentException(text);
    }
    return Boolean.parseBoolean(text);
  }

  private OnlineKey() {}
}
