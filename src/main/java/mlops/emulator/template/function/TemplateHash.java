package mlops.emulator.template.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.UUID;

/** What {@code uniqueString} and {@code guid} make of a text, and the hash of a template. */
public final class TemplateHash {
  private static final UUID NAMESPACE = UUID.fromString("11fb06fb-712d-4ddd-98c7-e71bbd588830");
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int UNIQUE_LENGTH = 13;

  /**
   * Thirteen letters and digits, the same for the same text. Azure's own letters differ: how it
   * makes them is not published.
   */
  public static String unique(String text) {
    byte[] hash = digest("SHA-256", text.getBytes(UTF_8));
    StringBuilder unique = new StringBuilder();
    for (int i = 0; i < UNIQUE_LENGTH; i++) {
      unique.append(LETTERS.charAt(hash[i] & 31));
    }
    return unique.toString();
  }

  /** A name-based GUID (RFC 4122, version 5) in the namespace of ARM. */
  public static String guid(String text) {
    byte[] name = text.getBytes(UTF_8);
    ByteBuffer content = ByteBuffer.allocate(16 + name.length);
    content.putLong(NAMESPACE.getMostSignificantBits());
    content.putLong(NAMESPACE.getLeastSignificantBits());
    byte[] hash = digest("SHA-1", content.put(name).array());
    hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
    hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /** A number in decimal digits, as ARM identifies templates and operations. */
  public static String number(byte[] content) {
    return Long.toUnsignedString(ByteBuffer.wrap(digest("SHA-256", content)).getLong());
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no " + algorithm, e);
    }
  }

  private TemplateHash() {}
}
