package mlops.cli.local;

import java.time.Duration;
import java.util.Map;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.error.MlopsException;

/**
 * How long a new role assignment of the local Azure takes until the data plane honours it. On Azure
 * that is minutes; {@code MLOPS_ROLE_DELAY} lets users rehearse the wait.
 */
public final class LocalRoleDelay {
  private static final String VARIABLE = "MLOPS_ROLE_DELAY";
  private static final int MAX_SECONDS = 3600;

  /**
   * The options with the delay that the environment asks for.
   *
   * @throws MlopsException INVALID where it is no number of seconds up to an hour
   */
  public static EmbeddedAzureOptions in(
      EmbeddedAzureOptions options, Map<String, String> environment) {
    String seconds = environment.getOrDefault(VARIABLE, "").strip();
    if (seconds.isEmpty()) {
      return options;
    }
    if (!seconds.matches("\\d{1,4}") || Integer.parseInt(seconds) > MAX_SECONDS) {
      throw MlopsException.invalid(
          "%s is \"%s\"".formatted(VARIABLE, seconds),
          "Give a number of seconds from 0 to %d, or leave it out.".formatted(MAX_SECONDS));
    }
    return options.withRoleDelay(Duration.ofSeconds(Integer.parseInt(seconds)));
  }

  private LocalRoleDelay() {}
}
