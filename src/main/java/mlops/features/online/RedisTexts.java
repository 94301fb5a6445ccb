package mlops.features.online;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import mlops.features.spec.ColumnType;
import mlops.features.spec.DataColumn;
import org.jspecify.annotations.Nullable;

/**
 * Values of schema_version 1: texts as Python writes them; fractions and bytes as base64 of
 * MessagePack.
 */
final class RedisTexts implements RedisValues {
  private static final int NIL = 0xc0;
  private static final int FLOAT = 0xca;
  private static final int DOUBLE = 0xcb;
  private static final int BYTES_8 = 0xc4;
  private static final int BYTES_16 = 0xc5;
  private static final int BYTES_32 = 0xc6;

  @Override
  public byte[] write(Object value, DataColumn column) {
    return switch (column.type()) {
      case STRING, INTEGER, LONG -> value.toString().getBytes(UTF_8);
      case BOOLEAN -> (Boolean.TRUE.equals(value) ? "True" : "False").getBytes(US_ASCII);
      case DATETIME -> RedisValues.iso((Instant) value, ' ').getBytes(US_ASCII);
      case FLOAT, DOUBLE -> base64(fraction(((Number) value).doubleValue()));
      case BINARY -> base64(bytes(JsonValues.bytes((ByteBuffer) value)));
    };
  }

  private static byte[] base64(byte[] packed) {
    return Base64.getEncoder().encode(packed);
  }

  private static byte[] fraction(double value) {
    return ByteBuffer.allocate(9).put((byte) DOUBLE).putDouble(value).array();
  }

  private static byte[] bytes(byte[] value) {
    ByteBuffer to = ByteBuffer.allocate(value.length + 5);
    if (value.length < 1 << 8) {
      to.put((byte) BYTES_8).put((byte) value.length);
    } else if (value.length < 1 << 16) {
      to.put((byte) BYTES_16).putShort((short) value.length);
    } else {
      to.put((byte) BYTES_32).putInt(value.length);
    }
    return JsonValues.bytes(to.put(value).flip());
  }

  /** Azure writes null as the text None, which only of a text cannot be told from a value. */
  @Override
  public @Nullable Object read(byte[] field, DataColumn column, boolean ours) {
    String text = new String(field, UTF_8);
    boolean packed =
        column.type() == ColumnType.FLOAT
            || column.type() == ColumnType.DOUBLE
            || column.type() == ColumnType.BINARY;
    if (!packed && !ours && text.equals("None")) {
      return null;
    }
    return switch (column.type()) {
      case STRING -> text;
      case INTEGER -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case BOOLEAN -> text.equals("True");
      case DATETIME -> Instant.parse(text.replace(' ', 'T') + "Z");
      case FLOAT, DOUBLE, BINARY -> unpack(Base64.getDecoder().decode(field), column.type());
    };
  }

  private static @Nullable Object unpack(byte[] packed, ColumnType type) {
    ByteBuffer from = ByteBuffer.wrap(packed);
    int kind = from.get() & 0xff;
    return switch (kind) {
      case NIL -> null;
      case FLOAT -> number(from.getFloat(), type);
      case DOUBLE -> number(from.getDouble(), type);
      case BYTES_8 -> ByteBuffer.wrap(JsonValues.bytes(from.position(2)));
      case BYTES_16 -> ByteBuffer.wrap(JsonValues.bytes(from.position(3)));
      case BYTES_32 -> ByteBuffer.wrap(JsonValues.bytes(from.position(5)));
      default -> throw new IllegalArgumentException("MessagePack of kind " + kind);
    };
  }

  private static Object number(double value, ColumnType type) {
    return type == ColumnType.FLOAT ? (Object) (float) value : (Object) value;
  }
}
