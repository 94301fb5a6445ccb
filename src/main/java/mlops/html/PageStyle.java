package mlops.html;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** Files that pages are made of, as they lie beside this class. */
public final class PageStyle {

  /** The style that all pages share. */
  public static String common() {
    return file("page.css");
  }

  /** The style of the guide and the portal: the common one, and what they have more. */
  public static String portal() {
    return common() + file("portal.css");
  }

  /** The script of the portal, which follows what runs. */
  public static String script() {
    return file("portal.js");
  }

  /** What a policy allows as {@code 'sha256-…'}: exactly this text, and no other. */
  public static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  private static String file(String name) {
    try (InputStream in = PageStyle.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PageStyle() {}
}
