package mlops;

import com.azure.core.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.cli.session.ConnectionFactory;
import mlops.profile.Profile;

/** The only place that picks the public Azure or the embedded one. */
public final class Connections implements ConnectionFactory {
  private final Map<String, String> environment;

  /**
   * Connects as the environment says.
   *
   * @param environment the variables of the process; {@code AZURE_SUBSCRIPTION_ID} is read, and
   *     what the Azure SDK reads to log in
   */
  public Connections(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public List<String> jobProcess(Path state, String subscription) {
    return JobHostProcess.command(state, subscription);
  }

  @Override
  public AzureConnection to(Profile profile, Path state, UnaryOperator<HttpClient> wire) {
    return profile.cloud() == Profile.Cloud.LOCAL
        ? LocalConnection.to(profile, state, environment, wire)
        : PublicConnection.to(profile, environment, wire);
  }
}
