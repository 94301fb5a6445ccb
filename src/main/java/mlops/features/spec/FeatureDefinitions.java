package mlops.features.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** All that a folder defines. */
public record FeatureDefinitions(
    Path folder, List<FeatureStore> stores, List<FeatureEntity> entities, List<FeatureSet> sets) {

  public FeatureDefinitions {
    stores = List.copyOf(stores);
    entities = List.copyOf(entities);
    sets = List.copyOf(sets);
  }

  /** The store; empty where the folder has none. */
  public Optional<FeatureStore> store() {
    return stores.stream().findFirst();
  }

  /** The feature set of a name and version. */
  public Optional<FeatureSet> set(String name, String version) {
    return sets.stream()
        .filter(s -> s.name().equals(name) && s.version().equals(version))
        .findFirst();
  }
}
