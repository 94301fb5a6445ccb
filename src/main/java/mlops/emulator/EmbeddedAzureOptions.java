package mlops.emulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.http.Router;
import mlops.emulator.login.directory.Propagation;
import mlops.emulator.ml.compute.ComputeQuota;
import mlops.emulator.run.record.EnvironmentMatch;
import mlops.emulator.run.record.RunnerSettings;

/**
 * How an embedded Azure behaves.
 *
 * @param subscription the subscription that the local user owns
 * @param propagation how long new roles and credentials take until they work
 * @param registered whether a new subscription is registered for the resource providers of the
 *     journey, as one that has been in use for a while is
 * @param runner how jobs run
 * @param plan what the owner of the repositories on GitHub pays for
 * @param jobProcess the command line of a process that runs one job and outlives this one; empty if
 *     jobs run in this process and end with it
 * @param filter what stands before all services; what they ask of each other does not pass it
 * @param quota what clusters may have of each region
 */
public record EmbeddedAzureOptions(
    String subscription,
    Propagation propagation,
    boolean registered,
    RunnerSettings runner,
    GitHubPlan plan,
    List<String> jobProcess,
    Router.RequestFilter filter,
    ComputeQuota quota,
    Clock clock) {
  public static final String SUBSCRIPTION = "00000000-0000-0000-0000-000000000000";
  public static final String TENANT = "11111111-1111-1111-1111-111111111111";

  /** The person at the keyboard. */
  public static final String USER = "you@mlops.onmicrosoft.com";

  /** That person's object id in the directory. */
  static final String USER_ID = "22222222-2222-2222-2222-222222222222";

  public static EmbeddedAzureOptions defaults() {
    return new EmbeddedAzureOptions(
        SUBSCRIPTION,
        Propagation.fast(),
        true,
        RunnerSettings.in(cache().resolve("environments")),
        GitHubPlan.PUBLIC,
        List.of(),
        Router.RequestFilter.OPEN,
        ComputeQuota.usual(),
        Clock.systemUTC());
  }

  /** What all states share: {@code $MLOPS_CACHE}, else a folder of the user's. */
  private static Path cache() {
    String set = System.getenv().getOrDefault("MLOPS_CACHE", "");
    return set.isEmpty()
        ? Path.of(System.getProperty("user.home"), ".cache", "mlops")
        : Path.of(set).toAbsolutePath();
  }

  public EmbeddedAzureOptions withSubscription(String subscription) {
    return new EmbeddedAzureOptions(
        subscription, propagation, registered, runner, plan, jobProcess, filter, quota, clock);
  }

  public EmbeddedAzureOptions withRoleDelay(Duration roleDelay) {
    return withPropagation(propagation.withRoles(roleDelay));
  }

  public EmbeddedAzureOptions withPropagation(Propagation propagation) {
    return new EmbeddedAzureOptions(
        subscription, propagation, registered, runner, plan, jobProcess, filter, quota, clock);
  }

  public EmbeddedAzureOptions withJobProcess(List<String> jobProcess) {
    return new EmbeddedAzureOptions(
        subscription, propagation, registered, runner, plan, jobProcess, filter, quota, clock);
  }

  public EmbeddedAzureOptions withFilter(Router.RequestFilter filter) {
    return new EmbeddedAzureOptions(
        subscription, propagation, registered, runner, plan, jobProcess, filter, quota, clock);
  }

  public EmbeddedAzureOptions withQuota(ComputeQuota quota) {
    return new EmbeddedAzureOptions(
        subscription, propagation, registered, runner, plan, jobProcess, filter, quota, clock);
  }

  public EmbeddedAzureOptions withPlan(GitHubPlan plan) {
    return new EmbeddedAzureOptions(
        subscription, propagation, registered, runner, plan, jobProcess, filter, quota, clock);
  }

  public EmbeddedAzureOptions withMatch(EnvironmentMatch match) {
    return withRunner(runner.withMatch(match));
  }

  public EmbeddedAzureOptions withSparkMaster(String sparkMaster) {
    return withRunner(runner.withSparkMaster(sparkMaster));
  }

  private EmbeddedAzureOptions withRunner(RunnerSettings runner) {
    return new EmbeddedAzureOptions(
        subscription, propagation, registered, runner, plan, jobProcess, filter, quota, clock);
  }

  /** A new subscription is registered for nothing that needs a registration. */
  public EmbeddedAzureOptions withoutProviders() {
    return new EmbeddedAzureOptions(
        subscription, propagation, false, runner, plan, jobProcess, filter, quota, clock);
  }
}
