package mlops.steps.features;

import java.util.Locale;
import java.util.Optional;
import mlops.features.spec.FeatureFolder;
import mlops.features.spec.FeatureStore;
import mlops.profile.Profile;

/**
 * The feature store that the files of a profile define, whether it is there or not.
 *
 * @param workspace the name of the store, which is a workspace
 * @param container that of its values in the storage account of the profile
 */
public record DefinedStore(String workspace, String container) {

  /** Empty where no file defines one. */
  public static Optional<DefinedStore> of(Profile profile) {
    return FeatureFolder.stores(profile.features().folder()).stream()
        .findFirst()
        .map(store -> new DefinedStore(store.name(), container(store)));
  }

  static String container(FeatureStore store) {
    return store.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
