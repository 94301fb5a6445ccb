package mlops.steps.features;

import java.util.List;
import java.util.Set;
import mlops.plan.Activity;
import mlops.plan.StepMessages;

/**
 * What is said of the job of a window: that it runs, under the name that {@code mlops logs} takes.
 * That it has ended well says the line with its numbers.
 */
record WindowMessages(StepMessages messages) implements StepMessages {
  private static final Set<String> SILENT = Set.of("NotStarted", "Completed");

  @Override
  public void say(String line) {
    messages.say(line);
  }

  @Override
  public void watch(List<Activity> activities) {
    messages.watch(activities.stream().filter(a -> !SILENT.contains(a.state())).toList());
  }

  @Override
  public boolean interrupted() {
    return messages.interrupted();
  }
}
