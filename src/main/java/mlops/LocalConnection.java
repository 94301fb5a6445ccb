package mlops;

import com.azure.core.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.azure.time.Time;
import mlops.cli.fault.FaultInjection;
import mlops.cli.local.LocalBehavior;
import mlops.cli.local.LocalStateFolder;
import mlops.cli.session.FaultTally;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.http.InProcessHttpClient;
import mlops.emulator.ml.asset.CuratedAssets;
import mlops.emulator.run.record.EnvironmentMatch;
import mlops.profile.Profile;

/** Reaches the embedded Azure, in this process and without a network. */
final class LocalConnection {
  private static final Duration POLL = Duration.ofMillis(50);

  static AzureConnection to(
      Profile profile,
      Path state,
      Map<String, String> environment,
      FaultTally faults,
      UnaryOperator<HttpClient> wire,
      BiFunction<Path, String, List<String>> jobProcess) {
    String subscription = profile.subscription().orElse(EmbeddedAzureOptions.SUBSCRIPTION);
    FaultInjection rehearsed = FaultInjection.of(faults, state);
    EmbeddedAzure azure =
        LocalStateFolder.open(
            state,
            rehearsed
                .in(
                    LocalBehavior.in(
                        EmbeddedAzureOptions.defaults().withSparkMaster(profile.sparkMaster()),
                        environment))
                .withSubscription(subscription)
                .withMatch(EnvironmentMatch.valueOf(profile.python().name()))
                .withJobProcess(jobProcess.apply(state, subscription)));
    rehearsed.begin(
        connection(azure, new InProcessHttpClient(azure.services()), subscription, Time.REAL),
        profile);
    return connection(
        azure,
        wire.apply(new DiskFailureHttpClient(new InProcessHttpClient(azure.router()), state)),
        subscription,
        rehearsed.time());
  }

  private static AzureConnection connection(
      EmbeddedAzure azure, HttpClient transport, String subscription, Time time) {
    return new AzureConnection(
        transport, new LocalCredential(azure), subscription, POLL, CuratedAssets::refusal, time);
  }

  private LocalConnection() {}
}
