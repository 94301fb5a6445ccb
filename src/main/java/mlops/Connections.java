package mlops;

import com.azure.core.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.cli.session.ConnectionFactory;
import mlops.cli.session.FaultTally;
import mlops.error.MlopsException;
import mlops.profile.Profile;

/** The only place that picks the public Azure or the embedded one. */
public final class Connections implements ConnectionFactory {
  private final Map<String, String> environment;
  private final UnaryOperator<List<String>> jobs;

  /**
   * Connects as the environment says.
   *
   * @param environment the variables of the process; {@code AZURE_SUBSCRIPTION_ID} is read, and
   *     what the Azure SDK reads to log in
   */
  public Connections(Map<String, String> environment) {
    this(environment, UnaryOperator.identity());
  }

  /**
   * The same, with jobs of the embedded Azure in processes of another make.
   *
   * @param jobs makes the command line of such a process from the usual one
   */
  public Connections(Map<String, String> environment, UnaryOperator<List<String>> jobs) {
    this.environment = environment;
    this.jobs = jobs;
  }

  @Override
  public List<String> jobProcess(Path state, String subscription) {
    return jobs.apply(JobHostProcess.command(state, subscription));
  }

  @Override
  public AzureConnection to(
      Profile profile, Path state, FaultTally faults, UnaryOperator<HttpClient> wire) {
    if (profile.cloud() == Profile.Cloud.LOCAL) {
      return LocalConnection.to(profile, state, environment, faults, wire, this::jobProcess);
    }
    if (faults.file().isPresent()) {
      throw MlopsException.invalid(
          "Faults are for the Azure inside mlops, and the cloud is azure",
          "Leave out --faults and MLOPS_FAULTS, or rehearse with --cloud local.");
    }
    return PublicConnection.to(profile, environment, wire);
  }
}
