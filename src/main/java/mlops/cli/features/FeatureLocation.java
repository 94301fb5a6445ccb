package mlops.cli.features;

import java.nio.file.Files;
import java.nio.file.Path;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.RootCommand;
import org.jspecify.annotations.Nullable;

/** Where the definitions of features are, for all commands of features alike. */
final class FeatureLocation {

  /**
   * The folder that is named, else the one that the profile names. Where there is no profile but
   * the one that came with mlops, {@code features} here comes before it.
   */
  static Path folder(RootCommand mlops, @Nullable Path named) {
    if (named != null) {
      return named;
    }
    GlobalOptions options = mlops.options();
    Path here = Path.of("features");
    boolean own = options.namesProfile() || Files.exists(options.profileFile());
    boolean sample = options.sampleProfile().isPresent();
    if (Files.isDirectory(here) && (sample || !own)) {
      return here;
    }
    return shown(options.profile(mlops.environment().variables()).features().folder());
  }

  /** As somebody in this folder writes it. */
  private static Path shown(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    Path absolute = folder.toAbsolutePath().normalize();
    return absolute.startsWith(here) && !absolute.equals(here)
        ? here.relativize(absolute)
        : absolute;
  }

  private FeatureLocation() {}
}
