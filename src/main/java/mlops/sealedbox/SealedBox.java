package mlops.sealedbox;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * Seals and opens messages as libsodium does: X25519 with a key pair made for each message, whose
 * public half comes first; XSalsa20 and Poly1305 with a nonce that is the BLAKE2b hash of both
 * public keys.
 */
public final class SealedBox {
  /** Bytes of a public or a private key. */
  public static final int KEY_BYTES = X25519.POINT_SIZE;

  private static final int NONCE_BYTES = 24;

  /** A new private key. */
  public static byte[] newKey() {
    byte[] key = new byte[KEY_BYTES];
    X25519.generatePrivateKey(new SecureRandom(), key);
    return key;
  }

  /** The public key that belongs to a private one. */
  public static byte[] publicKey(byte[] privateKey) {
    byte[] key = new byte[KEY_BYTES];
    X25519.scalarMultBase(privateKey, 0, key, 0);
    return key;
  }

  /**
   * Closes a message for the holder of a key.
   *
   * @throws IllegalArgumentException where this is no public key
   */
  public static byte[] seal(byte[] message, byte[] publicKey) {
    if (publicKey.length != KEY_BYTES) {
      throw new IllegalArgumentException("a public key has %d bytes".formatted(KEY_BYTES));
    }
    byte[] own = newKey();
    byte[] ownPublic = publicKey(own);
    SecretBox box = box(own, publicKey, ownPublic, publicKey);
    byte[] closed = box.close(message);
    byte[] all = Arrays.copyOf(ownPublic, KEY_BYTES + closed.length);
    System.arraycopy(closed, 0, all, KEY_BYTES, closed.length);
    return all;
  }

  /** The message in a box; empty where it is broken or for another key. */
  public static Optional<byte[]> open(byte[] sealed, byte[] privateKey) {
    if (sealed.length < KEY_BYTES + SecretBox.TAG_BYTES) {
      return Optional.empty();
    }
    byte[] sender = Arrays.copyOf(sealed, KEY_BYTES);
    byte[] closed = Arrays.copyOfRange(sealed, KEY_BYTES, sealed.length);
    return box(privateKey, sender, sender, publicKey(privateKey)).open(closed);
  }

  private static SecretBox box(byte[] own, byte[] other, byte[] sender, byte[] receiver) {
    byte[] shared = new byte[KEY_BYTES];
    if (!X25519.calculateAgreement(own, 0, other, 0, shared, 0)) {
      throw new IllegalArgumentException("this public key fits every private one");
    }
    return new SecretBox(shared, nonce(sender, receiver));
  }

  private static byte[] nonce(byte[] sender, byte[] receiver) {
    Blake2bDigest digest = new Blake2bDigest(NONCE_BYTES * Byte.SIZE);
    digest.update(sender, 0, sender.length);
    digest.update(receiver, 0, receiver.length);
    byte[] nonce = new byte[NONCE_BYTES];
    digest.doFinal(nonce, 0);
    return nonce;
  }

  private SealedBox() {}
}
