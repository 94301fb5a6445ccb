package mlops.cli.terminal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the user starts mlops: {@code mlops}, {@code ./mlops} or by its path. What a text tells him
 * to type is told so that he can.
 */
public record TypedCommand(String word) {
  /** As texts say it. */
  private static final String PLAIN = "mlops";

  /** The commands that may stand behind it: {@code mlops says} is a sentence. */
  private static final Pattern CALL =
      Pattern.compile(
          "(?<![\\w./\\\\-])mlops(?= (?:init|bootstrap|train|promote|approve|batch-score|compare"
              + "|report|replay|rollback|destroy|drift|status|jobs|logs|show|lineage|registry|features|doctor|guide|explain|github|local|help"
              + "|version|completion|--help|--version)\\b)");

  /** The plain word. */
  public static TypedCommand plain() {
    return new TypedCommand(PLAIN);
  }

  /** A text for the user, with what he types in each command that it names. */
  public String in(String text) {
    return word.equals(PLAIN) || !text.contains(PLAIN)
        ? text
        : CALL.matcher(text).replaceAll(Matcher.quoteReplacement(word));
  }
}
