package mlops.rehearsal.log;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line by which a step speaks to its runner: {@code ::error file=a.yml,line=3::no such key}.
 *
 * @param name in lower case
 */
public record WorkflowCommand(String name, Map<String, String> properties, String message) {
  private static final Pattern LINE =
      Pattern.compile("^\\s*::([A-Za-z-]+)((?: [^:]*(?::(?!:)[^:]*)*)?)::(.*)$");

  public static Optional<WorkflowCommand> in(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> properties = new LinkedHashMap<>();
    for (String one : matcher.group(2).strip().split(",")) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        properties.put(one.substring(0, equals).strip(), unescaped(one.substring(equals + 1)));
      }
    }
    String name = matcher.group(1).toLowerCase(Locale.ROOT);
    return Optional.of(new WorkflowCommand(name, properties, unescaped(matcher.group(3))));
  }

  private static String unescaped(String text) {
    return text.replace("%0A", "\n")
        .replace("%0D", "\r")
        .replace("%3A", ":")
        .replace("%2C", ",")
        .replace("%25", "%");
  }

  /** The line that it says a file is wrong in; 1 where it says none. */
  public int line() {
    String line = properties.getOrDefault("line", "");
    return line.matches("\\d{1,9}") ? Integer.parseInt(line) : 1;
  }
}
