package mlops.emulator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Configurations at random points, none of them twice. */
final class RandomSampler implements Sampler {
  /** How often a new configuration is looked for in a space that is nearly used up. */
  private static final int TRIES = 1000;

  private final ParameterSpace space;
  private final Supplier<double[]> points;
  private final Set<Map<String, JsonNode>> given = new HashSet<>();

  RandomSampler(ParameterSpace space, Supplier<double[]> points) {
    this.space = space;
    this.points = points;
  }

  @Override
  public Optional<Map<String, JsonNode>> next() {
    for (int i = 0; i < TRIES && given.size() < space.size(); i++) {
      Map<String, JsonNode> values = space.at(points.get());
      if (given.add(values)) {
        return Optional.of(values);
      }
    }
    return Optional.empty();
  }
}
