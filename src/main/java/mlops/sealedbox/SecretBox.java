package mlops.sealedbox;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.engines.Salsa20Engine;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.util.Pack;

/** {@code crypto_box} once the keys have agreed: the tag of Poly1305, then what XSalsa20 makes. */
final class SecretBox {
  static final int TAG_BYTES = 16;
  private static final int ROUNDS = 20;
  private static final int[] SIGMA =
      Pack.littleEndianToInt(
          "expand 32-byte k".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, 4);

  private final XSalsa20Engine cipher = new XSalsa20Engine();
  private final Poly1305 authenticator = new Poly1305();

  /**
   * For one message.
   *
   * @param shared what X25519 has agreed on
   * @param nonce used for no other message
   */
  SecretBox(byte[] shared, byte[] nonce) {
    cipher.init(true, new ParametersWithIV(new KeyParameter(hsalsa20(shared)), nonce));
    byte[] first = new byte[32];
    cipher.processBytes(first, 0, first.length, first, 0);
    authenticator.init(new KeyParameter(first));
  }

  byte[] close(byte[] message) {
    byte[] closed = new byte[TAG_BYTES + message.length];
    cipher.processBytes(message, 0, message.length, closed, TAG_BYTES);
    authenticator.update(closed, TAG_BYTES, message.length);
    authenticator.doFinal(closed, 0);
    return closed;
  }

  Optional<byte[]> open(byte[] closed) {
    int length = closed.length - TAG_BYTES;
    byte[] tag = new byte[TAG_BYTES];
    authenticator.update(closed, TAG_BYTES, length);
    authenticator.doFinal(tag, 0);
    if (!MessageDigest.isEqual(tag, Arrays.copyOf(closed, TAG_BYTES))) {
      return Optional.empty();
    }
    byte[] message = new byte[length];
    cipher.processBytes(closed, TAG_BYTES, length, message, 0);
    return Optional.of(message);
  }

  /**
   * The key that HSalsa20 derives with a nonce of zeros: four words of the core's diagonal and the
   * four of the nonce, without the input that Salsa20 would add at its end.
   */
  private static byte[] hsalsa20(byte[] key) {
    int[] words = Pack.littleEndianToInt(key, 0, 8);
    int[] input = new int[16];
    for (int i = 0; i < 4; i++) {
      input[5 * i] = SIGMA[i];
      input[1 + i] = words[i];
      input[11 + i] = words[4 + i];
    }
    int[] core = new int[16];
    Salsa20Engine.salsaCore(ROUNDS, input, core);
    int[] derived = new int[8];
    for (int i = 0; i < 4; i++) {
      derived[i] = core[5 * i] - input[5 * i];
      derived[4 + i] = core[6 + i]; // the nonce is zero, so nothing was added there
    }
    return Pack.intToLittleEndian(derived);
  }
}
