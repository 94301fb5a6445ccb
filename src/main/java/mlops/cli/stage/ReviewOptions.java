package mlops.cli.stage;

import java.nio.file.Path;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that look at predictions. */
public final class ReviewOptions {
  @Option(
      names = "--download",
      paramLabel = "DIR",
      description = "The folder with the predictions (predictions/SUFFIX).")
  private @Nullable Path download;

  @Option(
      names = "--tolerance",
      paramLabel = "X",
      description = "The largest difference between predictions that counts as none (0.000001).")
  private double tolerance = 1e-6;

  /** The folder with the predictions of a session. */
  public Path download(Session session) {
    return download(download, session);
  }

  /** The folder that is asked for, else one for the suffix: each has predictions of its own. */
  static Path download(@Nullable Path asked, Session session) {
    return asked != null ? asked : Path.of("predictions", session.profile().suffix());
  }

  /** The page that is asked for, else one for the suffix. */
  public static Path html(@Nullable Path asked, Session session) {
    return asked != null ? asked : Path.of("report-%s.html".formatted(session.profile().suffix()));
  }

  /** The tolerance, checked. */
  public double tolerance() {
    if (!(tolerance >= 0) || Double.isInfinite(tolerance)) {
      throw MlopsException.invalid(
          "--tolerance is " + tolerance, "Give a number from 0 on, such as 0.001.");
    }
    return tolerance;
  }
}
