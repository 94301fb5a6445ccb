package mlops.plan;

import java.time.Duration;

/** How one step ended. */
public sealed interface StepResult {

  Recipe.Node node();

  /** Looked at only, for a plan; also where nothing is to change. */
  record Planned(Recipe.Node node, Change change) implements StepResult {}

  record Unchanged(Recipe.Node node, String reason, Duration elapsed) implements StepResult {}

  record Applied(Recipe.Node node, Change change, Duration elapsed) implements StepResult {}

  /** {@code change} is what was tried; its action is NONE where looking itself failed. */
  record Failed(Recipe.Node node, Change change, Throwable cause, Duration elapsed)
      implements StepResult {}

  /**
   * Not tried, because a step that it waits for failed, or was blocked itself.
   *
   * @param by the id of that step
   */
  record Blocked(Recipe.Node node, String by) implements StepResult {}

  /**
   * Not tried, because the user did not want it, or what it waits for, or the run was interrupted.
   */
  record Skipped(Recipe.Node node, String reason) implements StepResult {}
}
