package mlops.workflow;

import java.util.Map;
import java.util.Optional;

/** What a step does. */
public sealed interface StepWork {

  /**
   * Runs a script.
   *
   * @param shell such as {@code bash}; empty for the usual one
   */
  record Script(
      ExpressionText script, Optional<String> shell, Optional<ExpressionText> workingDirectory)
      implements StepWork {}

  /** Uses an action with these inputs. */
  record Action(ActionReference uses, Map<String, ExpressionText> inputs) implements StepWork {}
}
