package mlops.rehearsal;

import java.time.Duration;
import java.util.List;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStep;

/** Who is told how a run goes on. */
public interface RunListener {

  /** Something that whoever rehearses should know. */
  void said(String text);

  void jobStarted(RunJob job);

  void stepEnded(RunJob job, RunStep step, Conclusion how, Duration took);

  /**
   * A job is over.
   *
   * @param reason why it did not run, or how it failed; may be empty
   * @param tail the last lines of what it printed, where it failed
   */
  void jobEnded(RunJob job, Conclusion how, String reason, List<String> tail);
}
