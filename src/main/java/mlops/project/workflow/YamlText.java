package mlops.project.workflow;

/** A text as a scalar of YAML, in quotes where it would be something else without them. */
final class YamlText {
  private static final String PLAIN = "[A-Za-z.][\\w./*-]*";
  private static final String WORD = "(?i)y|n|yes|no|on|off|true|false|null";

  static String of(String text) {
    return text.matches(PLAIN) && !text.matches(WORD) ? text : "'" + text.replace("'", "''") + "'";
  }

  private YamlText() {}
}
