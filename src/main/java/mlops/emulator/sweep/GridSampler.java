package mlops.emulator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every combination of the values of choices, the last parameter's changing first. */
final class GridSampler implements Sampler {
  private final ParameterSpace space;
  private long given;

  /** The space has only choices, which {@link Sampling} sees to. */
  GridSampler(ParameterSpace space) {
    this.space = space;
  }

  @Override
  public Optional<Map<String, JsonNode>> next() {
    if (given >= space.size()) {
      return Optional.empty();
    }
    long index = given++;
    long below = (long) space.size();
    Map<String, JsonNode> values = new LinkedHashMap<>();
    for (Map.Entry<String, ParameterExpression> parameter : space.expressions().entrySet()) {
      List<JsonNode> choices = parameter.getValue().choices();
      below /= choices.size();
      values.put(parameter.getKey(), choices.get((int) (index / below % choices.size())));
    }
    return Optional.of(values);
  }
}
