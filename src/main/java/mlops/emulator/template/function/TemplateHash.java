package mlops.emulator.template.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.UUID;
import mlops.emulator.state.StandardHashes;

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
    byte[] hash = StandardHashes.sha256(text);
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
    byte[] hash = StandardHashes.sha1(content.put(name).array());
    hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
    hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
    ByteBuffer bytes = ByteBuffer.wrap(hash);
    return new UUID(bytes.getLong(), bytes.getLong()).toString();
  }

  /** A number in decimal digits, as ARM identifies templates and operations. */
  public static String number(byte[] content) {
    return Long.toUnsignedString(ByteBuffer.wrap(StandardHashes.sha256(content)).getLong());
  }

  private TemplateHash() {}
}
