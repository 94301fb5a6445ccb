package mlops.emulator.keyvault;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import mlops.emulator.state.StateTree;

/**
 * Seals backups, so that only the Azure which made them, and in it only the same subscription, can
 * read them: AES-256 in Galois/Counter Mode, with a key of the state that its owner alone can read.
 */
final class BackupSeal {
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final StateTree state;
  private final SecureRandom random = new SecureRandom();

  BackupSeal(StateTree state) {
    this.state = state;
  }

  /** Sealed content as text in the alphabet of URLs. */
  String seal(byte[] content, String subscription) {
    byte[] nonce = bytes(NONCE_BYTES);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, subscription).doFinal(content);
      byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no AES/GCM", e);
    }
  }

  /** The content of a seal; empty where it is broken or another's. */
  Optional<byte[]> open(String text, String subscription) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(text);
      byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
      byte[] sealed = Arrays.copyOfRange(all, Math.min(NONCE_BYTES, all.length), all.length);
      return Optional.of(cipher(Cipher.DECRYPT_MODE, nonce, subscription).doFinal(sealed));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String subscription)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(subscription.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private byte[] key() {
    Path file = state.directory("/keyvaults").resolve("backup.key");
    return state.secret(file, () -> bytes(KEY_BYTES));
  }

  private byte[] bytes(int number) {
    byte[] bytes = new byte[number];
    random.nextBytes(bytes);
    return bytes;
  }
}
