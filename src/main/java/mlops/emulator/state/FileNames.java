package mlops.emulator.state;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Names from outside as file names: lower case, and nothing that a file system could misread. */
final class FileNames {
  /** Ends the file of a document; a name with this end would be the folder of another one. */
  static final String DOCUMENT = ".json";

  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-_()=@,+ ";

  /**
   * A file name has at most 255 bytes on most file systems, and a document ends in {@code .json}.
   */
  private static final int LONGEST = 255 - DOCUMENT.length();

  private static final int KEPT = 120;

  /** A name that is safe on any file system; different names (ignoring case) stay different. */
  static String safe(String segment) {
    String name = segment.chars().allMatch(FileNames::isPlain) ? segment : encoded(segment);
    return name.length() <= LONGEST ? name : shortened(name);
  }

  /** The start of a long name and a hash of all of it; no other name has a tilde. */
  private static String shortened(String name) {
    return name.substring(0, KEPT) + "~" + HexFormat.of().formatHex(StandardHashes.sha256(name));
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  }

  private static String encoded(String segment) {
    StringBuilder name = new StringBuilder(segment.length());
    String lower = segment.toLowerCase(Locale.ROOT);
    int last = lower.length() - (lower.endsWith(DOCUMENT) ? DOCUMENT.length() : 1);
    for (int i = 0; i < lower.length(); ) {
      int point = lower.codePointAt(i);
      boolean innerDot = point == '.' && i > 0 && i < last;
      if (innerDot || isPlain(point) || (point < 128 && PLAIN.indexOf(point) >= 0)) {
        name.appendCodePoint(point);
      } else {
        for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
          name.append("%%%02x".formatted(octet));
        }
      }
      i += Character.charCount(point);
    }
    return name.toString();
  }

  private FileNames() {}
}
