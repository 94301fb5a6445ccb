package mlops.emulator.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Percent-encoding of paths and queries (RFC 3986). A plus sign means itself in a path. */
public final class Urls {
  private static final Pattern ENCODED =
      Pattern.compile("(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*+");

  /** A text as a part of a path or of a query, in UTF-8; a space is {@code %20}. */
  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Decodes the percent-encoded octets of a path or a path segment.
   *
   * @throws ApiException 400 where an encoding is broken
   */
  public static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = new byte[text.length() * 3];
    int length = 0;
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '%') {
        bytes[length++] = octet(text, i);
        i += 3;
      } else {
        int point = text.codePointAt(i);
        byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
        i += Character.charCount(point);
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Whether a text has only characters that a URI has, with all others percent-encoded. */
  public static boolean isEncoded(String text) {
    return ENCODED.matcher(text).matches();
  }

  private static byte octet(String text, int at) {
    int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
    int low = at + 2 < text.length() ? Character.digit(text.charAt(at + 2), 16) : -1;
    if (high < 0 || low < 0) {
      throw ApiException.badRequest("InvalidUri", "The requested URI is not percent-encoded.");
    }
    return (byte) (high << 4 | low);
  }

  /** The parameters of a query by lower-case name; of a repeated one the first counts. */
  public static Map<String, String> query(String query) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String pair : query.split("&")) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        String name = decode(parts[0].replace('+', ' ')).toLowerCase(Locale.ROOT);
        values.putIfAbsent(name, parts.length > 1 ? decode(parts[1].replace('+', ' ')) : "");
      }
    }
    return values;
  }

  private Urls() {}
}
