package mlops.emulator.serve.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** What TLS writes goes out at once, or gathered. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BatchingOutputTest {
  private static final int RECORD = 16 * 1024 + 22;

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final List<Integer> writes = new ArrayList<>();
  private final BatchingOutput batches =
      new BatchingOutput(
          new OutputStream() {
            @Override
            public void write(int octet) {
              throw new AssertionError("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
              if (length > 0) {
                writes.add(length);
                sent.write(bytes, offset, length);
              }
            }
          },
          ClientWait.UNSEEN);

  @Test
  void without_a_cork_each_record_goes_at_once() throws IOException {
    byte[] bytes = records(3);
    assertEquals(List.of(RECORD, RECORD, RECORD), writes);
    assertArrayEquals(bytes, sent.toByteArray());
  }

  @Test
  void with_a_cork_they_go_several_at_a_time_and_in_their_order() throws IOException {
    batches.begin();
    byte[] bytes = records(20);
    assertEquals(List.of(7 * RECORD, 7 * RECORD), writes, "the rest waits");
    batches.end();
    assertEquals(List.of(7 * RECORD, 7 * RECORD, 6 * RECORD), writes);
    assertArrayEquals(bytes, sent.toByteArray());
    batches.write(7);
    assertEquals(bytes.length + 1, sent.size(), "nothing is gathered any more");
  }

  @Test
  void what_is_larger_than_the_room_for_it_keeps_its_place() throws IOException {
    batches.begin();
    byte[] bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    batches.write(bytes, 0, 10);
    batches.write(bytes, 10, bytes.length - 20);
    batches.write(bytes, bytes.length - 10, 10);
    batches.end();
    assertArrayEquals(bytes, sent.toByteArray());
  }

  /** Writes noise as TLS does, and gives it back. */
  private byte[] records(int count) throws IOException {
    byte[] bytes = new byte[count * RECORD];
    new Random(count).nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      batches.write(bytes, i * RECORD, RECORD);
      batches.flush();
    }
    return bytes;
  }
}
