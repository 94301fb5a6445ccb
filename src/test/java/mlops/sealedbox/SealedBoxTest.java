package mlops.sealedbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.goterl.lazysodium.SodiumJava;
import com.goterl.lazysodium.interfaces.Box;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Sealed boxes beside those of libsodium itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SealedBoxTest {
  private static final List<String> MESSAGES = List.of("", "s3cret", "ü".repeat(5000));

  private final SodiumJava sodium = new SodiumJava();

  @Test
  void libsodium_opens_what_is_sealed_here() {
    byte[] key = SealedBox.newKey();
    byte[] open = SealedBox.publicKey(key);
    for (String text : MESSAGES) {
      byte[] message = text.getBytes(UTF_8);
      byte[] sealed = SealedBox.seal(message, open);
      byte[] opened = new byte[message.length];

      assertEquals(message.length + Box.SEALBYTES, sealed.length);
      assertEquals(0, sodium.crypto_box_seal_open(opened, sealed, sealed.length, open, key));
      assertArrayEquals(message, opened);
    }
  }

  @Test
  void what_libsodium_seals_is_opened_here() {
    byte[] open = new byte[Box.PUBLICKEYBYTES];
    byte[] key = new byte[Box.SECRETKEYBYTES];
    assertEquals(0, sodium.crypto_box_keypair(open, key));
    assertArrayEquals(open, SealedBox.publicKey(key));
    for (String text : MESSAGES) {
      byte[] message = text.getBytes(UTF_8);
      byte[] sealed = new byte[message.length + Box.SEALBYTES];
      assertEquals(0, sodium.crypto_box_seal(sealed, message, message.length, open));

      assertArrayEquals(message, SealedBox.open(sealed, key).orElseThrow());
    }
  }

  @Test
  void a_box_that_was_touched_or_is_for_another_stays_closed() {
    byte[] key = SealedBox.newKey();
    byte[] sealed = SealedBox.seal("s3cret".getBytes(UTF_8), SealedBox.publicKey(key));
    assertTrue(SealedBox.open(sealed, SealedBox.newKey()).isEmpty());
    sealed[sealed.length - 1] ^= 1;
    assertEquals(Optional.empty(), SealedBox.open(sealed, key));
    assertEquals(Optional.empty(), SealedBox.open(new byte[10], key));
    assertThrows(IllegalArgumentException.class, () -> SealedBox.seal(sealed, new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> SealedBox.seal(sealed, new byte[32]));
  }
}
