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
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(~state).array();
    return Base64.getEncoder().encodeToString(bytes);
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
