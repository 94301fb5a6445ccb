package mlops.emulator.run.job;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.record.JobFailure;

/**
 * Puts values into the command of a job as Azure does: {@code ${{inputs.x}}} becomes a path or a
 * literal as it stands, and {@code $[[ … ]]} goes where an optional input in it has no value.
 */
final class CommandLine {
  private static final Pattern OPTIONAL = Pattern.compile("\\$\\[\\[(.*?)]]", Pattern.DOTALL);
  private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{\\s*(.*?)\\s*}}");

  private final Map<String, String> inputs;
  private final Map<String, String> outputs;
  private final Set<String> optional;

  /**
   * @param inputs what each input with a value becomes; {@code outputs} likewise
   * @param optional the inputs that need no value
   */
  CommandLine(Map<String, String> inputs, Map<String, String> outputs, Set<String> optional) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.optional = optional;
  }

  String expand(String command) {
    String kept =
        OPTIONAL
            .matcher(command)
            .replaceAll(m -> Matcher.quoteReplacement(isGiven(m.group(1)) ? m.group(1) : ""));
    return EXPRESSION.matcher(kept).replaceAll(m -> Matcher.quoteReplacement(value(m.group(1))));
  }

  private boolean isGiven(String part) {
    return EXPRESSION
        .matcher(part)
        .results()
        .map(m -> m.group(1))
        .allMatch(e -> find(e).isPresent() || !isOptional(e));
  }

  private boolean isOptional(String expression) {
    return expression.startsWith("inputs.")
        && optional.contains(expression.substring("inputs.".length()));
  }

  private String value(String expression) {
    return find(expression)
        .orElseThrow(
            () ->
                JobFailure.user(
                    "The command refers to ${{%s}}, which the job does not define or give a value."
                        .formatted(expression)));
  }

  private Optional<String> find(String expression) {
    for (Map.Entry<String, Map<String, String>> kind :
        Map.of("inputs.", inputs, "outputs.", outputs).entrySet()) {
      if (expression.startsWith(kind.getKey())) {
        String name = expression.substring(kind.getKey().length());
        // a model input may be asked for its path by name
        String plain = name.endsWith(".path") ? name.substring(0, name.length() - 5) : name;
        return Optional.ofNullable(kind.getValue().get(plain));
      }
    }
    return Optional.empty();
  }
}
