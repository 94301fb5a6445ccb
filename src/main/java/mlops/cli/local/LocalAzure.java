package mlops.cli.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlops.cli.fault.FaultInjection;
import mlops.cli.session.FaultTally;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.RootCommand;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.run.record.EnvironmentMatch;
import mlops.error.MlopsException;
import mlops.profile.Profile;

/**
 * The local Azure that the options of a command mean.
 *
 * @param folder its state
 */
public record LocalAzure(Path folder, EmbeddedAzureOptions options) {

  public static LocalAzure of(RootCommand mlops) {
    GlobalOptions given = mlops.options();
    if (given.cloud == Profile.Cloud.AZURE) {
      throw MlopsException.invalid(
          "mlops local is about the Azure inside mlops, not about --cloud azure",
          "Leave out --cloud; az and portal.azure.com look at the real one.");
    }
    return ofFolder(mlops);
  }

  /** The same where the options mean another Azure: it lies where it would be. */
  public static LocalAzure ofFolder(RootCommand mlops) {
    GlobalOptions given = mlops.options();
    String subscription =
        given.subscription == null ? EmbeddedAzureOptions.SUBSCRIPTION : given.subscription;
    Map<String, String> environment = mlops.environment().variables();
    Path state = given.state(environment);
    return new LocalAzure(
        state,
        LocalBehavior.in(EmbeddedAzureOptions.defaults(), environment)
            .withSubscription(subscription)
            .withMatch(
                given.environments == null
                    ? EnvironmentMatch.NEAREST
                    : EnvironmentMatch.valueOf(given.environments.name())));
  }

  /** The same with what is to go wrong for the clients of a service. */
  LocalAzure with(FaultTally faults) {
    return new LocalAzure(folder, FaultInjection.of(faults, folder).withoutProfile().in(options));
  }

  /** The same with jobs that go on when this process has ended. */
  LocalAzure withLastingJobs(RootCommand mlops) {
    List<String> process =
        mlops.environment().connector().jobProcess(folder, options.subscription());
    return new LocalAzure(folder, options.withJobProcess(process));
  }

  public EmbeddedAzure open() {
    return LocalStateFolder.open(folder, options);
  }

  /** Whether the folder is the state of a local Azure, and not something else. */
  public boolean exists() {
    return Files.exists(folder.resolve(".lock")) && Files.isDirectory(folder.resolve("directory"));
  }
}
