package mlops.cli;

import java.nio.file.Path;
import mlops.error.MlopsException;
import picocli.CommandLine.Option;

/** The options of commands that look at predictions. */
final class ReviewOptions {
  @Option(
      names = "--download",
      paramLabel = "DIR",
      description = "Where batch-score puts predictions (./predictions).")
  Path download = Path.of("predictions");

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "The largest difference between predictions that counts as none (0.000001).")
  private double tolerance = 1e-6;

  /** The tolerance, checked. */
  double tolerance() {
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw MlopsException.invalid(
          "--tolerance is " + tolerance, "Give a number from 0 on, such as 0.001.");
    }
    return tolerance;
  }
}
