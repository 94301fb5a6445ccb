package mlops.cli.features;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mlops.cli.session.RootCommand;
import org.jspecify.annotations.Nullable;

/** Where the definitions of features are. */
final class FeatureLocation {

  /** The folder that is named, else {@code features} here, else that beside the profile. */
  static Path folder(RootCommand mlops, @Nullable Path named) {
    Path here = Path.of("features");
    return Optional.ofNullable(named)
        .orElseGet(
            () ->
                Files.isDirectory(here)
                    ? here
                    : mlops.options().profileFile().resolveSibling("features"));
  }

  private FeatureLocation() {}
}
