package mlops.features.spec;

import java.nio.file.Path;
import java.util.Optional;
import mlops.yaml.YamlNode;

/** The feature store that a folder defines. */
public record FeatureStore(Path file, String name, Optional<String> location, YamlNode node) {}
