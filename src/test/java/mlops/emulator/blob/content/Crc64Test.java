package mlops.emulator.blob.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The quick sum is the plain one, bit by bit, wherever the bytes are cut. */
class Crc64Test {
  private static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

  @Test
  void theCheckValueIsThatOfTheCatalogueOfSums() {
    Crc64 sum = new Crc64();
    sum.update("123456789".getBytes(US_ASCII), 0, 9);
    assertEquals(base64(0xAE8B14860A799888L), sum.base64()); // CRC-64/NVME
  }

  @Test
  void anyBytesInAnyPiecesHaveTheSumThatIsMadeBitByBit() {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = new byte[1 + random.nextInt(round < 100 ? 40 : 20_000)];
      random.nextBytes(bytes);
      int cut = random.nextInt(bytes.length);
      Crc64 sum = new Crc64();
      sum.update(bytes, 0, cut);
      sum.update(bytes, cut, bytes.length - cut);
      assertEquals(base64(plain(bytes)), sum.base64(), bytes.length + " bytes");
      String first = base64(plain(Arrays.copyOf(bytes, cut)));
      String second = base64(plain(Arrays.copyOfRange(bytes, cut, bytes.length)));
      assertEquals(sum.base64(), Crc64.combined(first, second, bytes.length - cut));
    }
  }

  private static long plain(byte[] bytes) {
    long crc = ~0L;
    for (byte octet : bytes) {
      crc ^= octet & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
    }
    return ~crc;
  }

  private static String base64(long sum) {
    byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(sum).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
