package mlops.assets.io;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import mlops.yaml.SpellingSuggestion;
import mlops.yaml.YamlNode;

/** The field {@code command}: what it takes from inputs and outputs must be there. */
public final class CommandText {
  private static final List<String> ROOTS = List.of("inputs", "outputs");

  /** Checks that {@code ${{inputs.x}}} and {@code ${{outputs.x}}} name something. */
  public static void check(YamlNode command, Ports ports) {
    Optional<String> text = command.asText();
    if (text.isEmpty()) {
      return;
    }
    if (text.get().isBlank()) {
      command.mistake("%s is empty".formatted(command.name()), "write what to run");
    }
    Matcher expressions = Binding.EXPRESSION.matcher(text.get());
    while (expressions.find()) {
      check(command, expressions.group(1).strip(), ports);
    }
  }

  private static void check(YamlNode command, String path, Ports ports) {
    int dot = path.indexOf('.');
    String root = dot < 0 ? path : path.substring(0, dot);
    if (!ROOTS.contains(root)) {
      SpellingSuggestion.nearest(root, ROOTS)
          .ifPresent(
              near -> report(command, path, "did you mean %s.%s?".formatted(near, rest(path))));
      return;
    }
    Map<String, Port> there = root.equals("inputs") ? ports.inputs() : ports.outputs();
    String name = rest(path).replaceFirst("\\.path$", "");
    if (!there.containsKey(name)) {
      String hint =
          there.isEmpty()
              ? "the job has no " + root
              : SpellingSuggestion.hint(name, there.keySet());
      report(command, path, hint);
    }
  }

  private static String rest(String path) {
    return path.substring(path.indexOf('.') + 1);
  }

  private static void report(YamlNode command, String path, String hint) {
    command.mistake("%s: nothing is called ${{%s}}".formatted(command.name(), path), hint);
  }

  private CommandText() {}
}
