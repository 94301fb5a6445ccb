package mlops.plan;

import java.util.List;

/** Where a step says, while it works, what the user may want to know. */
public interface StepMessages {

  /** One line, without a line end. */
  void say(String line);

  /**
   * What the step follows, as it stands now; each call replaces the last. A terminal shows it live,
   * a pipe gets a line for each change of state.
   */
  void watch(List<Activity> activities);

  /** Whether the user wants the command to end: a step that only waits should stop waiting. */
  boolean interrupted();
}
