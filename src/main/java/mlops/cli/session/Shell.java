package mlops.cli.session;

import java.io.File;
import java.util.regex.Pattern;

/** The languages of shells: how each writes a text, and sets a variable. */
public enum Shell {
  /** Which zsh and sh read too. */
  BASH("export %s=%s", "unset %s", "'", "'\\\\$0'"),
  FISH("set -gx %s %s", "set -e %s", "['\\\\]", "\\\\$0"),
  /** To which typographic quotation marks are quotes, too. */
  POWERSHELL(
      "$env:%s = %s",
      "Remove-Item Env:%s -ErrorAction SilentlyContinue", "['\u2018\u2019\u201a\u201b]", "$0$0");

  private final String set;
  private final String unset;
  private final Pattern special;
  private final String escaped;

  Shell(String set, String unset, String special, String escaped) {
    this.set = set;
    this.unset = unset;
    this.special = Pattern.compile(special);
    this.escaped = escaped;
  }

  /** The one in which a user of this system types lines. */
  public static Shell ofThisSystem() {
    return File.separatorChar == '\\' ? POWERSHELL : BASH;
  }

  /** Whether a text is one word in every shell as it stands. */
  static boolean isWord(String text) {
    return text.matches("[\\w./:=@%+-]+");
  }

  /** The word that this shell reads as exactly this text. */
  public String quoted(String text) {
    return "'" + special.matcher(text).replaceAll(escaped) + "'";
  }

  /** A text as one word of a line, in quotes only where it needs them. */
  public String word(String text) {
    return isWord(text) ? text : quoted(text);
  }

  /** The line that sets a variable to exactly this value. */
  public String set(String name, String value) {
    return set.formatted(name, quoted(value));
  }

  /** The line that takes a variable away. */
  public String unset(String name) {
    return unset.formatted(name);
  }
}
