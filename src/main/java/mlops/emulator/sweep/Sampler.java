package mlops.emulator.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/** What gives each trial its parameters. */
public interface Sampler {

  /** The next configuration, which is none of those before; empty where there is none left. */
  Optional<Map<String, JsonNode>> next();

  /**
   * Hears how a configuration did.
   *
   * @param score empty where its trial failed or logged none
   */
  default void tell(Map<String, JsonNode> values, Optional<Double> score) {}
}
