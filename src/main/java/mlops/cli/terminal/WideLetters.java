package mlops.cli.terminal;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/**
 * How many columns a letter takes: two for the letters of East Asia and pictures, none for what is
 * set above another letter. After Unicode's annex 11 (wide and fullwidth), as far as terminals
 * agree on it.
 */
final class WideLetters {
  private static final Set<UnicodeScript> WIDE =
      Set.of(UnicodeScript.HAN, UnicodeScript.HANGUL, UnicodeScript.YI);

  private static final int HALFWIDTH = 0xff61; // to 0xffdc: katakana and hangul of one column
  private static final int HALFWIDTH_END = 0xffdc;

  static int columns(int letter) {
    if (letter < 0x300) {
      return 1; // all of Latin
    }
    int type = Character.getType(letter);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean halfwidth = isIn(letter, HALFWIDTH, HALFWIDTH_END);
    boolean wide = isFullwidth(letter) || WIDE.contains(UnicodeScript.of(letter));
    return wide && !halfwidth ? 2 : 1;
  }

  /** Punctuation and kana, letters of twice the width, and pictures. */
  private static boolean isFullwidth(int letter) {
    return isIn(letter, 0x3000, 0x303e)
        || isIn(letter, 0x3041, 0x33ff)
        || isIn(letter, 0xff01, 0xff60)
        || isIn(letter, 0xffe0, 0xffe6)
        || isIn(letter, 0x1f300, 0x1f64f)
        || isIn(letter, 0x1f680, 0x1f6ff)
        || isIn(letter, 0x1f900, 0x1faff);
  }

  private static boolean isIn(int letter, int first, int last) {
    return letter >= first && letter <= last;
  }

  private WideLetters() {}
}
