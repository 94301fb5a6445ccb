package mlops.emulator.state;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names from outside as file names: lower case, and nothing that a file system could misread. */
final class FileNames {
  /** Ends the file of a document; a name with this end would be the folder of another one. */
  static final String DOCUMENT = ".json";

  private static final String PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-_()=@,+ ";

  /** A name that is safe on any file system; different names (ignoring case) stay different. */
  static String safe(String segment) {
    return segment.chars().allMatch(FileNames::isPlain) ? segment : encoded(segment);
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
