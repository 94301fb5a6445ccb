package mlops.emulator.blob.acl;

import java.util.OptionalInt;

/** Permissions as they are written: {@code rwxr-x---}, or {@code 0750}. */
public final class Rwx {
  static final int STICKY = 01000;

  /** The bits of one class, such as {@code r-x}. */
  static String text(int bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 2; i >= 0; i--) {
      text.append((bits >> i & 1) == 0 ? '-' : "xwr".charAt(i));
    }
    return text.toString();
  }

  /** The bits of three classes, in octal digits or letters; nothing where it is neither. */
  public static OptionalInt mode(String text) {
    if (text.matches("[01]?[0-7]{3}")) {
      return OptionalInt.of(Integer.parseInt(text, 8));
    }
    if (!text.matches("([r-][w-][xs-]){2}[r-][w-][xtT-]\\+?")) {
      return OptionalInt.empty();
    }
    int mode = "tT".indexOf(text.charAt(8)) >= 0 ? 1 : 0;
    for (int i = 0; i < 9; i++) {
      mode = mode << 1 | ("-T".indexOf(text.charAt(i)) >= 0 ? 0 : 1);
    }
    return OptionalInt.of(mode);
  }

  private Rwx() {}
}
