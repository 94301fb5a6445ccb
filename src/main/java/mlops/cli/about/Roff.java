package mlops.cli.about;

/** Texts in the language of man pages. */
final class Roff {
  private static final int ASCII = 0x7f;

  /** A text as a line that shows it, and does nothing else. */
  static String text(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> line.append("\\e");
                case '-' -> line.append("\\-");
                case '\'' -> line.append("\\(aq");
                case '`' -> line.append("\\(ga");
                case '~' -> line.append("\\(ti");
                case '^' -> line.append("\\(ha");
                case '\n' -> line.append(' ');
                default ->
                    line.append(c > ASCII ? "\\[u%04X]".formatted(c) : Character.toString(c));
              }
            });
    return line.indexOf(".") == 0 ? "\\&" + line : line.toString();
  }

  private Roff() {}
}
