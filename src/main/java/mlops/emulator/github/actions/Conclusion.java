package mlops.emulator.github.actions;

import java.util.Locale;

/** How a run, a job or a step ended. */
public enum Conclusion {
  SUCCESS,
  FAILURE,
  CANCELLED,
  SKIPPED;

  /** As GitHub writes it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
