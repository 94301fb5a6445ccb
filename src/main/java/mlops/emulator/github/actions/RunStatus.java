package mlops.emulator.github.actions;

import java.util.Locale;

/** How far a run, a job or a step has come. */
public enum RunStatus {
  QUEUED,
  /** For a reviewer. */
  WAITING,
  IN_PROGRESS,
  COMPLETED;

  /** As GitHub writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
