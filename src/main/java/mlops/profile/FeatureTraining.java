package mlops.profile;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A training with features.
 *
 * @param pipeline in place of the other, which knows none
 * @param model the name under which its models are registered
 * @param retrieval gets the features of what is to be scored; empty where the profile names none
 */
public record FeatureTraining(Path pipeline, String model, Optional<Path> retrieval) {}
