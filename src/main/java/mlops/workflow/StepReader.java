package mlops.workflow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.workflow.expression.ContextPlace;
import mlops.yaml.YamlNode;

/** Reads the steps of a job. */
final class StepReader {
  private static final String USES = "uses";
  private static final String RUN = "run";
  private static final String WITH = "with";
  private static final String CONTINUE = "continue-on-error";
  private static final String TIMEOUT = "timeout-minutes";

  private final RunDefaults defaults;

  StepReader(RunDefaults defaults) {
    this.defaults = defaults;
  }

  List<WorkflowStep> read(List<YamlNode> steps) {
    return steps.stream()
        .map(step -> step.asMap().flatMap(this::step))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<WorkflowStep> step(YamlNode step) {
    step.allow(
        "id",
        "name",
        "if",
        USES,
        RUN,
        WITH,
        "env",
        RunDefaults.SHELL,
        RunDefaults.DIRECTORY,
        CONTINUE,
        TIMEOUT);
    Optional<Condition> condition = Condition.of(step, ContextPlace.STEP_CONDITION);
    Map<String, ExpressionText> env = ExpressionText.all(step, "env", ContextPlace.STEP);
    Optional<ExpressionText> name = ExpressionText.at(step, "name", ContextPlace.STEP);
    boolean goesOn = step.flag(CONTINUE).orElse(false);
    Optional<Long> limit = step.integer(TIMEOUT);
    String id = step.text("id").orElse("");
    return work(step)
        .map(work -> new WorkflowStep(step.place(), id, name, condition, work, env, goesOn, limit));
  }

  private Optional<StepWork> work(YamlNode step) {
    boolean runs = step.at(RUN).isPresent();
    if (runs == step.at(USES).isPresent()) {
      step.mistake(
          step.name() + (runs ? " has run and uses" : " has neither run nor uses"),
          "a step runs a script, or uses an action");
      return Optional.empty();
    }
    return runs ? script(step) : action(step);
  }

  private Optional<StepWork> script(YamlNode step) {
    if (step.at(WITH).isPresent()) {
      step.mistakeAt(WITH, "with is for steps that use an action", "");
    }
    Optional<String> shell = step.text(RunDefaults.SHELL).or(defaults::shell);
    Optional<ExpressionText> directory =
        ExpressionText.at(step, RunDefaults.DIRECTORY, ContextPlace.STEP)
            .or(defaults::workingDirectory);
    return ExpressionText.at(step, RUN, ContextPlace.STEP)
        .map(script -> new StepWork.Script(script, shell, directory));
  }

  private static Optional<StepWork> action(YamlNode step) {
    for (String key : List.of(RunDefaults.SHELL, RunDefaults.DIRECTORY)) {
      if (step.at(key).isPresent()) {
        step.mistakeAt(key, key + " is for steps that run a script", "");
      }
    }
    Map<String, ExpressionText> inputs = ExpressionText.all(step, WITH, ContextPlace.STEP);
    return step.text(USES).map(uses -> new StepWork.Action(ActionReference.of(uses), inputs));
  }
}
