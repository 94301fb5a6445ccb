package mlops.features.table;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import mlops.features.spec.ColumnType;

/** Values of a table as Java has them: times as {@code Instant}, bytes as {@code ByteBuffer}. */
public final class JavaValue {

  /** An expression whose value the driver hands over without a class of its own. */
  public static String sql(String value, ColumnType type) {
    return switch (type) {
      case DATETIME -> "epoch_us(%s)".formatted(value);
      case BINARY -> "hex(%s)".formatted(value);
      default -> value;
    };
  }

  /** What such an expression gave. */
  public static Object of(Object value, ColumnType type) {
    return switch (type) {
      case DATETIME -> Instant.EPOCH.plus(((Number) value).longValue(), ChronoUnit.MICROS);
      case BINARY -> ByteBuffer.wrap(HexFormat.of().parseHex(value.toString()));
      default -> value;
    };
  }

  /** A value as an expression. */
  public static String literal(Object value, ColumnType type) {
    return switch (type) {
      case BINARY -> "unhex('%s')".formatted(hex((ByteBuffer) value));
      default -> "CAST(%s AS %s)".formatted(Sql.text(value.toString()), ValueSql.type(type));
    };
  }

  private static String hex(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return HexFormat.of().formatHex(copy);
  }

  private JavaValue() {}
}
