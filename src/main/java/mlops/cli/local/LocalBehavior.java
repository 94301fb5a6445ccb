package mlops.cli.local;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.github.account.GitHubPlan;
import mlops.error.MlopsException;

/**
 * What the local Azure leaves out for speed, and the environment variables that bring it back, so
 * that users can rehearse it; and where Spark runs.
 *
 * <p>{@code MLOPS_ROLE_DELAY}: how many seconds a new role assignment takes until the data plane
 * honours it; on Azure that is minutes. {@code MLOPS_PROVIDERS=none}: a new subscription is
 * registered for no resource provider that needs a registration. {@code MLOPS_SPARK_MASTER}: the
 * master of Spark jobs in place of {@code spark_master} of the profile, also for {@code mlops local
 * serve}, which reads none. {@code MLOPS_GITHUB_PLAN}: what the owner of the repositories on GitHub
 * pays for, {@code public} where the repositories are.
 */
public final class LocalBehavior {
  private static final String ROLE_DELAY = "MLOPS_ROLE_DELAY";
  private static final int MAX_SECONDS = 3600;
  private static final String SPARK_MASTER = "MLOPS_SPARK_MASTER";
  private static final String PROVIDERS = "MLOPS_PROVIDERS";
  private static final String PLAN = "MLOPS_GITHUB_PLAN";

  /**
   * The options as the environment asks for them.
   *
   * @throws MlopsException INVALID where the delay is no number of seconds up to an hour, or the
   *     providers are anything but {@code none}, or the plan is none of GitHub's
   */
  public static EmbeddedAzureOptions in(
      EmbeddedAzureOptions options, Map<String, String> environment) {
    String master = environment.getOrDefault(SPARK_MASTER, "").strip();
    EmbeddedAzureOptions on = master.isEmpty() ? options : options.withSparkMaster(master);
    return plan(providers(roleDelay(on, environment), environment), environment);
  }

  private static EmbeddedAzureOptions roleDelay(
      EmbeddedAzureOptions options, Map<String, String> environment) {
    String seconds = environment.getOrDefault(ROLE_DELAY, "").strip();
    if (seconds.isEmpty()) {
      return options;
    }
    if (!seconds.matches("\\d{1,4}") || Integer.parseInt(seconds) > MAX_SECONDS) {
      throw MlopsException.invalid(
          "%s is \"%s\"".formatted(ROLE_DELAY, seconds),
          "Give a number of seconds from 0 to %d, or leave it out.".formatted(MAX_SECONDS));
    }
    return options.withRoleDelay(Duration.ofSeconds(Integer.parseInt(seconds)));
  }

  private static EmbeddedAzureOptions providers(
      EmbeddedAzureOptions options, Map<String, String> environment) {
    String providers = environment.getOrDefault(PROVIDERS, "").strip();
    if (providers.isEmpty()) {
      return options;
    }
    if (!providers.equals("none")) {
      throw MlopsException.invalid(
          "%s is \"%s\"".formatted(PROVIDERS, providers),
          "Give none, for a new subscription without registrations, or leave it out.");
    }
    return options.withoutProviders();
  }

  private static EmbeddedAzureOptions plan(
      EmbeddedAzureOptions options, Map<String, String> environment) {
    String given = environment.getOrDefault(PLAN, "").strip();
    if (given.isEmpty()) {
      return options;
    }
    return Stream.of(GitHubPlan.values())
        .filter(p -> p.toString().equals(given))
        .findFirst()
        .map(options::withPlan)
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "%s is \"%s\"".formatted(PLAN, given),
                    "Give public, free, team or enterprise (the last three have private"
                        + " repositories), or leave it out."));
  }

  private LocalBehavior() {}
}
