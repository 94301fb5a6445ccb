package mlops.emulator.run.record;

/** How close the Python environment of a job is to be to what its conda file says. */
public enum EnvironmentMatch {
  /** The version of Python that is asked for, and packages in the versions that are written. */
  EXACT,
  /** What there is of that; else the versions next to it, of about the same time. */
  NEAREST
}
