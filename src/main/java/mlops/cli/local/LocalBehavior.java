package mlops.cli.local;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.login.directory.Propagation;
import mlops.error.MlopsException;

/**
 * What the local Azure leaves out for speed, and the environment variables that bring it back, so
 * that users can rehearse it; and where Spark runs.
 *
 * <p>{@code MLOPS_ROLE_DELAY}: how many seconds a new role assignment takes until the data plane
 * honours it; on Azure that is minutes. {@code MLOPS_CREDENTIAL_DELAY}: the same of a new federated
 * credential, until it logs in. {@code MLOPS_CREDENTIAL_EDITS=lost}: the login never sees what was
 * changed of one in place. {@code MLOPS_PROVIDERS=none}: a new subscription is registered for no
 * resource provider that needs a registration. {@code MLOPS_SPARK_MASTER}: the master of Spark jobs
 * in place of {@code spark_master} of the profile, also for {@code mlops local serve}, which reads
 * none. {@code MLOPS_GITHUB_PLAN}: what the owner of the repositories on GitHub pays for, {@code
 * public} where the repositories are.
 */
public final class LocalBehavior {
  private static final String ROLE_DELAY = "MLOPS_ROLE_DELAY";
  private static final String CREDENTIAL_DELAY = "MLOPS_CREDENTIAL_DELAY";
  private static final String CREDENTIAL_EDITS = "MLOPS_CREDENTIAL_EDITS";
  private static final int MAX_SECONDS = 3600;
  private static final String SPARK_MASTER = "MLOPS_SPARK_MASTER";
  private static final String PROVIDERS = "MLOPS_PROVIDERS";
  private static final String PLAN = "MLOPS_GITHUB_PLAN";

  /**
   * The options as the environment asks for them.
   *
   * @throws MlopsException INVALID for a value that is none of those
   */
  public static EmbeddedAzureOptions in(
      EmbeddedAzureOptions options, Map<String, String> environment) {
    String master = environment.getOrDefault(SPARK_MASTER, "").strip();
    EmbeddedAzureOptions on = master.isEmpty() ? options : options.withSparkMaster(master);
    EmbeddedAzureOptions late = on.withPropagation(propagation(on.propagation(), environment));
    return plan(providers(late, environment), environment);
  }

  private static Propagation propagation(Propagation otherwise, Map<String, String> environment) {
    Propagation delays =
        otherwise
            .withRoles(seconds(ROLE_DELAY, environment).orElse(otherwise.roles()))
            .withCredentials(
                seconds(CREDENTIAL_DELAY, environment).orElse(otherwise.credentials()));
    String edits = environment.getOrDefault(CREDENTIAL_EDITS, "").strip();
    if (edits.isEmpty()) {
      return delays;
    }
    if (!edits.equals("lost")) {
      throw MlopsException.invalid(
          "%s is \"%s\"".formatted(CREDENTIAL_EDITS, edits),
          "Give lost, for a login that never sees what was changed in place, or leave it out.");
    }
    return delays.withoutEdits();
  }

  private static Optional<Duration> seconds(String name, Map<String, String> environment) {
    String seconds = environment.getOrDefault(name, "").strip();
    if (seconds.isEmpty()) {
      return Optional.empty();
    }
    if (!seconds.matches("\\d{1,4}") || Integer.parseInt(seconds) > MAX_SECONDS) {
      throw MlopsException.invalid(
          "%s is \"%s\"".formatted(name, seconds),
          "Give a number of seconds from 0 to %d, or leave it out.".formatted(MAX_SECONDS));
    }
    return Optional.of(Duration.ofSeconds(Integer.parseInt(seconds)));
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
