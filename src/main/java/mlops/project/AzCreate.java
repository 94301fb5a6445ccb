package mlops.project;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An {@code az ml … create} in a text, read as data. Variables that the text itself sets are put
 * in; others stay as they are.
 *
 * @param noun such as {@code data}
 * @param options by name, without dashes
 * @param from the path of the text
 */
record AzCreate(String noun, Map<String, String> options, String from) {
  private static final Pattern CONTINUED = Pattern.compile("[\\\\`^][ \\t]*\\r?\\n");
  private static final Pattern COMMAND =
      Pattern.compile("\\baz\\s+ml\\s+([a-z-]+)\\s+create\\b([^\\n|;&]*)");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?m)^\\s*(?:export\\s+)?\\$?([A-Za-z_]\\w*)\\s*=\\s*(?:\"([^\"\\n$]*)\"|'([^'\\n]*)'|([\\w./-]+))\\s*(?:#.*)?$");
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\{(\\w+)}|\\(?\\$?(\\w+)\\)?)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  static List<AzCreate> in(ProjectFiles.Text text) {
    String joined = CONTINUED.matcher(text.content()).replaceAll(" ");
    Map<String, String> variables = new HashMap<>();
    Matcher set = ASSIGNMENT.matcher(joined);
    while (set.find()) {
      variables.putIfAbsent(set.group(1), first(set, 2));
    }
    List<AzCreate> found = new ArrayList<>();
    Matcher command = COMMAND.matcher(joined);
    while (command.find()) {
      found.add(new AzCreate(command.group(1), options(command.group(2), variables), text.path()));
    }
    return found;
  }

  private static Map<String, String> options(String line, Map<String, String> variables) {
    Map<String, String> options = new HashMap<>();
    String name = "";
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      String text = expand(first(word, 1), variables);
      if (text.startsWith("-")) {
        String[] parts = text.replaceFirst("^-+", "").split("=", 2);
        name = parts[0];
        options.put(name, parts.length > 1 ? parts[1] : "");
      } else if (!name.isEmpty()) {
        options.put(name, text);
        name = "";
      }
    }
    return options;
  }

  private static String expand(String text, Map<String, String> variables) {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder expanded = new StringBuilder();
    while (reference.find()) {
      String value = variables.getOrDefault(first(reference, 1), reference.group());
      reference.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return reference.appendTail(expanded).toString();
  }

  /** The first group from this one on that is there. */
  private static String first(Matcher matcher, int from) {
    for (int group = from; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    return "";
  }

  Optional<String> option(String... names) {
    for (String name : names) {
      String value = options.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  String name() {
    return option("name", "n").orElse("");
  }
}
