package mlops.emulator.run.record;

import java.nio.file.Path;

/**
 * What a user says of how jobs run.
 *
 * @param environments where the Python environments of jobs are kept, shared between states
 * @param match how close they are to be to what is asked for
 * @param sparkMaster where Spark jobs run, as {@code spark-submit --master} has it
 */
public record RunnerSettings(Path environments, EnvironmentMatch match, String sparkMaster) {
  /** This machine, as wide as a job asks and the machine is. */
  private static final String SPARK_HERE = "local";

  /** The nearest environments, kept here, and Spark on this machine. */
  public static RunnerSettings in(Path environments) {
    return new RunnerSettings(environments, EnvironmentMatch.NEAREST, SPARK_HERE);
  }

  public RunnerSettings withMatch(EnvironmentMatch match) {
    return new RunnerSettings(environments, match, sparkMaster);
  }

  public RunnerSettings withSparkMaster(String sparkMaster) {
    return new RunnerSettings(environments, match, sparkMaster);
  }
}
