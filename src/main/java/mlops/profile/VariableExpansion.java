package mlops.profile;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.yaml.YamlNode;

/**
 * Puts {@code ${NAME}} and {@code ${NAME:-default}} from the environment and <code>{suffix}</code>
 * in place.
 */
record VariableExpansion(Map<String, String> environment, String suffix) {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");
  private static final Pattern UNKNOWN = Pattern.compile("\\$?\\{[^}]*}?");

  /** The text of a node with everything in place; what is unknown becomes a mistake. */
  Optional<String> of(YamlNode node) {
    return node.asText().flatMap(text -> variables(node, text)).flatMap(t -> names(node, t));
  }

  private Optional<String> variables(YamlNode node, String text) {
    StringBuilder expanded = new StringBuilder();
    Matcher variable = VARIABLE.matcher(text);
    while (variable.find()) {
      String value = environment.getOrDefault(variable.group(1), "");
      if (value.isEmpty() && variable.group(2) == null) {
        node.mistake(
            "the environment variable %s is not set".formatted(variable.group(1)),
            "set it, or write ${%s:-default}".formatted(variable.group(1)));
        return Optional.empty();
      }
      String filled = value.isEmpty() ? variable.group(3) : value;
      variable.appendReplacement(expanded, Matcher.quoteReplacement(filled));
    }
    return Optional.of(variable.appendTail(expanded).toString());
  }

  private Optional<String> names(YamlNode node, String text) {
    String named = text.replace("{suffix}", suffix);
    Matcher rest = UNKNOWN.matcher(named);
    if (rest.find()) {
      node.mistake(
          "%s has %s, which stands for nothing".formatted(node.name(), rest.group()),
          "{suffix}, ${NAME} and ${NAME:-default} are understood");
      return Optional.empty();
    }
    return Optional.of(named);
  }
}
