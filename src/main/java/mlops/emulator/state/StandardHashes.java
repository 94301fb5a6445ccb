package mlops.emulator.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hashes that every Java runtime has. */
public final class StandardHashes {

  public static MessageDigest md5() {
    return named("MD5");
  }

  public static byte[] sha1(byte[] content) {
    return named("SHA-1").digest(content);
  }

  public static byte[] sha256(byte[] content) {
    return named("SHA-256").digest(content);
  }

  public static byte[] sha256(String text) {
    return sha256(text.getBytes(UTF_8));
  }

  private static MessageDigest named(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }

  private StandardHashes() {}
}
