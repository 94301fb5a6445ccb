package mlops.features.online;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import mlops.error.MlopsException;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;

/** Values of schema_version 2: numbers as little-endian bytes, longs too in four of them. */
final class RedisBytes implements RedisValues {

  @Override
  public byte[] write(Object value, DataColumn column) {
    return switch (column.type()) {
      case STRING -> value.toString().getBytes(UTF_8);
      case INTEGER, LONG -> whole(((Number) value).longValue(), column);
      case FLOAT -> bytes(4).putFloat((Float) value).array();
      case DOUBLE -> bytes(8).putDouble((Double) value).array();
      case BOOLEAN -> (Boolean.TRUE.equals(value) ? "1" : "0").getBytes(US_ASCII);
      case DATETIME -> RedisValues.iso((Instant) value, 'T').getBytes(US_ASCII);
      case BINARY -> JsonValues.bytes((ByteBuffer) value);
    };
  }

  private static byte[] whole(long value, DataColumn column) {
    if (value != (int) value) {
      throw MlopsException.refused(
          "ValueDoesNotFit",
          "%s is %d, and Azure's layout of schema_version 2 has four bytes for a long (trap 10)"
              .formatted(column.name(), value),
          "Make the feature a double or a string, or take schema_version 1 in a new version of the set.");
    }
    return bytes(4).putInt((int) value).array();
  }

  private static ByteBuffer bytes(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public @Nullable Object read(byte[] field, DataColumn column, boolean ours) {
    ByteBuffer from = ByteBuffer.wrap(field).order(ByteOrder.LITTLE_ENDIAN);
    String text = new String(field, UTF_8);
    return switch (column.type()) {
      case STRING -> text;
      case INTEGER -> from.getInt();
      case LONG -> (long) from.getInt();
      case FLOAT -> from.getFloat();
      case DOUBLE -> from.getDouble();
      case BOOLEAN -> text.equals("1");
      case DATETIME -> Instant.parse(text + "Z");
      case BINARY -> from;
    };
  }
}
