package mlops.emulator.run.record;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Names that are made from content. */
public final class HashedNames {

  /** The SHA-256 of a text, in hexadecimal. */
  public static String of(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The same for an ARM id, whose case does not matter. */
  public static String ofId(String id) {
    return of(id.toLowerCase(Locale.ROOT)).substring(0, 24);
  }

  private HashedNames() {}
}
