package mlops.emulator.run.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;

/**
 * What {@code ${{parent.inputs.x}}} and {@code ${{parent.jobs.y.outputs.z}}} mean in a pipeline.
 */
public final class BindingValues {
  private static final Pattern EXPRESSION =
      Pattern.compile("\\$\\{\\{\\s*parent\\.(inputs|jobs)\\.([^}]+?)\\s*}}");
  private static final Pattern OUTPUT =
      Pattern.compile("\\$\\{\\{\\s*parent\\.outputs\\.([^}\\s]+)\\s*}}");
  private static final Pattern OF_JOB =
      Pattern.compile("\\$\\{\\{\\s*parent\\.jobs\\.([^.}\\s]+)\\.outputs\\.[^}]+}}");

  private final Map<String, InputValue> inputs;
  private final Map<String, Map<String, InputValue.Data>> outputs;

  /**
   * @param inputs of the pipeline, those that have a value
   * @param outputs of the children that have ended, by child and output
   */
  public BindingValues(
      Map<String, InputValue> inputs, Map<String, Map<String, InputValue.Data>> outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** Those of what is in no pipeline. */
  public static BindingValues none() {
    return new BindingValues(Map.of(), Map.of());
  }

  /** The jobs that a text refers to. */
  public static Set<String> jobs(String text) {
    Set<String> jobs = new HashSet<>();
    OF_JOB.matcher(text).results().forEach(m -> jobs.add(m.group(1)));
    return jobs;
  }

  /** The output of the pipeline that an output of a node is bound to. */
  public static Optional<String> pipelineOutput(JsonNode output) {
    String text =
        output.isTextual() ? output.asText() : JobFields.text(output, "value", "path", "uri");
    Matcher m = OUTPUT.matcher(text);
    return m.matches() ? Optional.of(m.group(1)) : Optional.empty();
  }

  /** What a value is, once expressions in it are put in; empty where it refers to nothing. */
  Optional<InputValue> resolve(InputValue value) {
    if (!(value instanceof InputValue.Text text)) {
      return Optional.of(value);
    }
    Matcher whole = EXPRESSION.matcher(text.text().strip());
    if (whole.matches()) {
      return find(whole.group(1), whole.group(2));
    }
    return Optional.of(new InputValue.Text(text(text.text())));
  }

  /** A text with values in the place of its expressions. */
  public String text(String text) {
    return EXPRESSION
        .matcher(text)
        .replaceAll(m -> Matcher.quoteReplacement(inText(m.group(1), m.group(2))));
  }

  private String inText(String kind, String name) {
    return find(kind, name)
        .map(v -> v instanceof InputValue.Text t ? t.text() : ((InputValue.Data) v).uri())
        .orElse("");
  }

  private Optional<InputValue> find(String kind, String name) {
    if (kind.equals("inputs")) {
      return Optional.ofNullable(inputs.get(name));
    }
    String[] parts = name.split("\\.outputs\\.", 2);
    InputValue.Data output = outputs.getOrDefault(parts[0], Map.of()).get(parts[parts.length - 1]);
    if (output == null) {
      throw JobFailure.user(
          "Child job '%s' has no output '%s'.".formatted(parts[0], parts[parts.length - 1]));
    }
    return Optional.of(output);
  }
}
