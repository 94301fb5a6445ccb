package mlops.project;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The variables and the {@code az} commands in a text of PowerShell, read as data: assignments of
 * quoted texts, and lines that begin with {@code az}. Anything else is passed over, and nothing is
 * run. The suffix that names end with stays a placeholder, <code>{suffix}</code>.
 */
final class PowerShellText {
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(?m)^\\s*\\$(\\w+)\\s*=\\s*(?:\"([^\"\\n]*)\"|'([^'\\n]*)')\\s*(?:#.*)?$");
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\(\\$?(\\w+)\\)|\\$\\{(\\w+)}|\\$(\\w+)");
  private static final Pattern SUFFIX = Pattern.compile("(\\w+_)?suff?ix");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final List<Command> commands = new ArrayList<>();
  private String suffix = "";

  /** The words of a command, such as {@code az ml workspace create --name x}. */
  record Command(List<String> words) {

    boolean begins(String... start) {
      return words.size() >= start.length && words.subList(0, start.length).equals(List.of(start));
    }

    /** The value of an option, by any of its names. */
    Optional<String> option(String... names) {
      for (String name : names) {
        int at = words.indexOf(name);
        if (at >= 0 && at + 1 < words.size()) {
          return Optional.of(words.get(at + 1));
        }
      }
      return Optional.empty();
    }
  }

  /** Reads a text; what it refers to may be in one that was read before. */
  void read(String text) {
    Matcher assignment = ASSIGNMENT.matcher(text);
    while (assignment.find()) {
      String name = assignment.group(1).toLowerCase(Locale.ROOT);
      String value =
          assignment.group(2) == null ? assignment.group(3) : expand(assignment.group(2));
      if (SUFFIX.matcher(name).matches()) {
        suffix = value;
        values.put(name, "{suffix}");
      } else {
        values.putIfAbsent(name, value);
      }
    }
    text.lines()
        .map(String::strip)
        .filter(line -> line.startsWith("az "))
        .forEach(line -> commands.add(command(line)));
  }

  private Command command(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      String quoted = word.group(1) == null ? word.group(2) : word.group(1);
      words.add(expand(quoted == null ? word.group(3) : quoted));
    }
    return new Command(words);
  }

  /** A text with the values of its variables; those that are not known stay as they are. */
  String expand(String text) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (reference.find()) {
      String value = find(name(reference)).orElse(reference.group());
      reference.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return reference.appendTail(expanded).toString();
  }

  private static String name(Matcher reference) {
    for (int group = 1; group < 3; group++) {
      if (reference.group(group) != null) {
        return reference.group(group);
      }
    }
    return reference.group(3);
  }

  Optional<String> find(String variable) {
    return Optional.ofNullable(values.get(variable.toLowerCase(Locale.ROOT)));
  }

  /** The commands that begin with these words. */
  List<Command> commands(String... start) {
    return commands.stream().filter(command -> command.begins(start)).toList();
  }

  /** What the suffix was set to; empty where there is none. */
  String suffix() {
    return suffix;
  }
}
