package mlops.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.github.actions.Conclusion;
import mlops.workflow.ExpressionText;
import mlops.workflow.expression.Contexts;
import mlops.workflow.expression.Contexts.Progress;

/** What the expressions of a job look at, as it grows from step to step. */
final class JobState {
  private final Map<String, JsonNode> fixed;
  private final Map<String, String> env = new LinkedHashMap<>();
  private final ObjectNode steps = JsonNodeFactory.instance.objectNode();
  private Progress progress = Progress.SUCCESS;

  /**
   * @param fixed the contexts that stay: {@code github}, {@code vars} and the like
   */
  JobState(Map<String, JsonNode> fixed) {
    this.fixed = fixed;
  }

  /** Variables that later expressions and all steps see. */
  void addEnv(Map<String, ExpressionText> texts) {
    texts.forEach((name, text) -> env.put(name, text.text(contexts())));
  }

  void putEnv(Map<String, String> values) {
    env.putAll(values);
  }

  Map<String, String> env() {
    return env;
  }

  Contexts contexts() {
    return contexts(env);
  }

  /** The contexts of a step that has variables of its own. */
  Contexts contexts(Map<String, String> variables) {
    Map<String, JsonNode> all = new LinkedHashMap<>(fixed);
    ObjectNode named = JsonNodeFactory.instance.objectNode();
    variables.forEach(named::put);
    all.put("env", named);
    all.put("steps", steps);
    all.put("job", JsonNodeFactory.instance.objectNode().put("status", status()));
    return new Contexts(all, progress);
  }

  private String status() {
    return progress.name().toLowerCase(Locale.ROOT);
  }

  Progress progress() {
    return progress;
  }

  void ended(String id, Conclusion outcome, boolean forgiven, Map<String, String> outputs) {
    if (!id.isEmpty()) {
      ObjectNode step = steps.putObject(id);
      ObjectNode values = step.putObject("outputs");
      outputs.forEach(values::put);
      step.put("outcome", outcome.toString());
      step.put("conclusion", (forgiven ? Conclusion.SUCCESS : outcome).toString());
    }
    if (outcome == Conclusion.FAILURE && !forgiven && progress == Progress.SUCCESS) {
      progress = Progress.FAILURE;
    }
  }

  void canceled() {
    progress = Progress.CANCELLED;
  }
}
