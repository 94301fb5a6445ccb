package mlops.emulator.blob.auth;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 signatures, as account keys and delegation keys make them. */
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  /**
   * Signs text.
   *
   * @param key in base64, as the signature is
   */
  static String sign(String key, String text) {
    return Base64.getEncoder().encodeToString(sign(Base64.getDecoder().decode(key), text));
  }

  static byte[] sign(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + ALGORITHM, e);
    }
  }

  /** Compares signatures in a time that tells nothing about them. */
  static boolean same(String expected, String given) {
    return MessageDigest.isEqual(expected.getBytes(UTF_8), given.getBytes(UTF_8));
  }

  private Hmac() {}
}
