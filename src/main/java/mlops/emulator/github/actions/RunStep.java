package mlops.emulator.github.actions;

import org.jspecify.annotations.Nullable;

/**
 * A step of a job, as its run shows it.
 *
 * @param number from 1
 */
public record RunStep(
    int number,
    String name,
    RunStatus status,
    @Nullable Conclusion conclusion,
    @Nullable String startedAt,
    @Nullable String completedAt) {

  public RunStep started(String at) {
    return new RunStep(number, name, RunStatus.IN_PROGRESS, null, at, null);
  }

  public RunStep completed(Conclusion how, String at) {
    String start = startedAt == null ? at : startedAt;
    return new RunStep(number, name, RunStatus.COMPLETED, how, start, at);
  }
}
