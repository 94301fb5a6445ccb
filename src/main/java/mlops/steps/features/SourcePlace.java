package mlops.steps.features;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import mlops.error.MlopsException;
import mlops.features.spec.FeatureSet;
import mlops.features.spec.FeatureSource;

/**
 * Where Azure finds the source of a feature set.
 *
 * @param address as its specification is to name it
 * @param blob in the container of the store; empty where the source lies elsewhere
 */
record SourcePlace(String address, String blob) {

  static SourcePlace of(StorePlace place, FeatureSet set) {
    return file(set)
        .map(
            file -> {
              String blob = "sources/%s/%s".formatted(set.name(), file.getFileName());
              String account = place.account() + ".dfs.core.windows.net";
              return new SourcePlace(
                  "abfss://%s@%s/%s".formatted(place.container(), account, blob), blob);
            })
        .orElseGet(() -> new SourcePlace(set.spec().source().path(), ""));
  }

  /**
   * The file here that is the source of a set; empty where it lies in Azure.
   *
   * @throws MlopsException INVALID where there is no such file
   */
  static Optional<Path> file(FeatureSet set) {
    FeatureSource source = set.spec().source();
    if (!source.isLocal()) {
      return Optional.empty();
    }
    Path file = set.spec().file().resolveSibling(source.path()).normalize();
    if (!Files.isRegularFile(file)) {
      throw MlopsException.invalid(
          "The source of %s, %s, is no file".formatted(set.id(), file),
          "Mend source.path in %s: name a file here, or one in Azure (abfss://…)."
              .formatted(set.spec().file()));
    }
    return Optional.of(file);
  }
}
