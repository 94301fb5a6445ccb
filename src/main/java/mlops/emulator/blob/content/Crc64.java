package mlops.emulator.blob.content;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/**
 * The CRC-64 that Azure Storage uses for {@code x-ms-content-crc64}: eight bytes at a time, in two
 * lanes, because a step waits for the one before it and a second lane costs no time meanwhile.
 */
public final class Crc64 {
  private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;
  private static final int LANE = 2048;
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** What each byte of a sum is eight zeros later: eight tables, the last byte first. */
  private static final long[] WORD = word();

  /** The same a whole lane of zeros later. */
  private static final long[] ZEROS = zeros();

  private long state = ~0L;

  public void update(byte[] bytes, int offset, int length) {
    long crc = state;
    int at = offset;
    int end = offset + length;
    for (; at + 2 * LANE <= end; at += 2 * LANE) {
      long second = 0;
      for (int i = at; i < at + LANE; i += Long.BYTES) {
        crc = step(WORD, crc ^ (long) WORDS.get(bytes, i));
        second = step(WORD, second ^ (long) WORDS.get(bytes, i + LANE));
      }
      crc = step(ZEROS, crc) ^ second;
    }
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      crc = step(WORD, crc ^ (long) WORDS.get(bytes, at));
    }
    for (; at < end; at++) {
      crc = (crc >>> 8) ^ WORD[(int) (crc ^ bytes[at]) & 0xFF];
    }
    state = crc;
  }

  private static long step(long[] tables, long word) {
    return tables[0x700 + ((int) word & 0xFF)]
        ^ tables[0x600 + ((int) (word >>> 8) & 0xFF)]
        ^ tables[0x500 + ((int) (word >>> 16) & 0xFF)]
        ^ tables[0x400 + ((int) (word >>> 24) & 0xFF)]
        ^ tables[0x300 + ((int) (word >>> 32) & 0xFF)]
        ^ tables[0x200 + ((int) (word >>> 40) & 0xFF)]
        ^ tables[0x100 + ((int) (word >>> 48) & 0xFF)]
        ^ tables[(int) (word >>> 56)];
  }

  /** The checksum as the header writes it: little-endian bytes in base64. */
  public String base64() {
    return base64(~state);
  }

  private static String base64(long sum) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(sum).array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /**
   * The checksum of two contents, one behind the other.
   *
   * @param length of the second
   */
  public static String combined(String first, String second, long length) {
    long sum = value(first);
    long[] zeros = oneZeroByte();
    for (long left = length; left != 0; left >>>= 1) {
      if ((left & 1) != 0) {
        sum = times(zeros, sum);
      }
      zeros = squared(zeros);
    }
    return base64(sum ^ value(second));
  }

  /** What a zero byte makes of each bit of a sum; squared, what twice as many do. */
  private static long[] oneZeroByte() {
    long[] oneBit = new long[Long.SIZE];
    oneBit[0] = POLYNOMIAL;
    for (int bit = 1; bit < Long.SIZE; bit++) {
      oneBit[bit] = 1L << (bit - 1);
    }
    return squared(squared(squared(oneBit)));
  }

  private static long[] squared(long[] operator) {
    return Arrays.stream(operator).map(column -> times(operator, column)).toArray();
  }

  private static long times(long[] operator, long sum) {
    long product = 0;
    for (int bit = 0; bit < Long.SIZE; bit++) {
      if ((sum >>> bit & 1) != 0) {
        product ^= operator[bit];
      }
    }
    return product;
  }

  private static long value(String base64) {
    byte[] bytes = Base64.getDecoder().decode(base64);
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  private static long[] word() {
    long[] tables = new long[8 * 256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      tables[i] = crc;
    }
    for (int i = 256; i < tables.length; i++) {
      long before = tables[i - 256];
      tables[i] = (before >>> 8) ^ tables[(int) before & 0xFF];
    }
    return tables;
  }

  private static long[] zeros() {
    long[] tables = WORD;
    for (int length = Long.BYTES; length < LANE; length *= 2) {
      long[] half = tables;
      tables = Arrays.stream(half).map(sum -> step(half, sum)).toArray();
    }
    return tables;
  }
}
