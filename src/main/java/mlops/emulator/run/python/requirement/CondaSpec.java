package mlops.emulator.run.python.requirement;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A match specification of conda, such as {@code conda-forge::numpy 1.26.*} or {@code
 * numpy=1.26.4=py311h08b1b3b_0} (docs.conda.io, "Package match specifications").
 *
 * @param name in lower case, as conda compares names
 * @param version which versions will do, as pip writes it; empty where all do
 * @param build the build that is asked for, which pip has not; empty where none is
 */
record CondaSpec(String name, String version, String build) {
  private static final Pattern NAME =
      Pattern.compile("(?:[^\\s\\[=<>]*:)?([A-Za-z0-9_.\\-]+)\\s*(.*)");

  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)\\]");

  private static final Pattern FIELD =
      Pattern.compile("(\\w+)\\s*=\\s*(?:'([^']*)'|\"([^\"]*)\"|([^,\\s]+))");

  /** A version and, after a second {@code =}, a build: with one the version is exact. */
  private static final Pattern WITH_BUILD = Pattern.compile("=?(=?[^=<>!~,|\\s]+)=([^=\\s]+)");

  /** Reads a line; one that is none has an empty name. */
  static CondaSpec parse(String line) {
    String text = withoutComment(line);
    String version = field(text, "version");
    String build = field(text, "build");
    Matcher m = NAME.matcher(BRACKETS.matcher(text).replaceAll(""));
    if (!m.matches()) {
      return new CondaSpec("", "", "");
    }
    String rest =
        m.group(2).replaceAll("\\s*([,|])\\s*", "$1").replaceAll("([<>=!~])\\s+", "$1").strip();
    Matcher both = WITH_BUILD.matcher(rest);
    String[] words = rest.split("\\s+", 2);
    if (both.matches()) {
      rest = both.group(1).replaceFirst("^=", "");
      build = build.isEmpty() ? both.group(2) : build;
    } else if (words.length == 2) {
      rest = words[0];
      build = build.isEmpty() ? words[1] : build;
    }
    String name = m.group(1).toLowerCase(Locale.ROOT);
    return new CondaSpec(name, forPip(version.isEmpty() ? rest : version), build);
  }

  /** A line of a conda or a pip list without the comment at its end. */
  static String withoutComment(String line) {
    return line.replaceFirst("(^|\\s+)#.*", "").strip();
  }

  private static String field(String text, String name) {
    Matcher brackets = BRACKETS.matcher(text);
    Matcher field = FIELD.matcher(brackets.find() ? brackets.group(1) : "");
    while (field.find()) {
      if (field.group(1).equals(name)) {
        return Stream.of(2, 3, 4)
            .map(field::group)
            .filter(value -> value != null)
            .collect(Collectors.joining());
      }
    }
    return "";
  }

  /**
   * The versions as pip writes them. It knows no "or": what the last alternative allows will do.
   */
  private static String forPip(String versions) {
    String last = versions.substring(versions.lastIndexOf('|') + 1);
    return Stream.of(last.split(","))
        .map(String::strip)
        .map(CondaSpec::constraint)
        .filter(constraint -> !constraint.isEmpty())
        .collect(Collectors.joining(","));
  }

  /** Conda's {@code =1.2} means any 1.2, and without an operator a version is exact. */
  private static String constraint(String conda) {
    String operator = conda.replaceFirst("^([=<>!~]*).*", "$1");
    String written = conda.substring(operator.length()).strip();
    String version = written.replaceFirst("\\.?\\*$", "");
    if (version.isEmpty()) {
      return "";
    }
    boolean any = !written.equals(version);
    return switch (operator) {
      case "=" -> "==" + version + ".*";
      case "", "==" -> "==" + version + (any ? ".*" : "");
      case "!=" -> "!=" + version + (any ? ".*" : "");
      default -> operator + version;
    };
  }
}
