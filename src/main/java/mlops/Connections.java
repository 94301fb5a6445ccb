package mlops;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.cli.Connector;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.Options;
import mlops.emulator.http.InProcessHttpClient;
import mlops.profile.Profile;

/** The only place that picks the public Azure or the embedded one. */
public final class Connections implements Connector {
  private static final Duration LOCAL_POLL = Duration.ofMillis(50);
  private static final Duration AZURE_POLL = Duration.ofSeconds(5);

  private final Map<String, String> environment;

  /**
   * @param environment the variables of the process; {@code AZURE_SUBSCRIPTION_ID} is read, and
   *     what the Azure SDK reads to log in
   */
  public Connections(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public AzureConnection to(Profile profile, Path state, UnaryOperator<HttpClient> wire) {
    return profile.cloud() == Profile.Cloud.LOCAL
        ? local(profile, state, wire)
        : azure(profile, wire);
  }

  private static AzureConnection local(
      Profile profile, Path state, UnaryOperator<HttpClient> wire) {
    String subscription = profile.subscription().orElse(Options.SUBSCRIPTION);
    EmbeddedAzure azure =
        EmbeddedAzure.open(state, Options.defaults().withSubscription(subscription));
    return new AzureConnection(
        wire.apply(new InProcessHttpClient(azure.router())),
        new LocalCredential(azure),
        subscription,
        LOCAL_POLL);
  }

  private AzureConnection azure(Profile profile, UnaryOperator<HttpClient> wire) {
    String subscription =
        profile
            .subscription()
            .or(() -> Optional.ofNullable(environment.get("AZURE_SUBSCRIPTION_ID")))
            .filter(id -> !id.isBlank())
            .orElseThrow(
                () ->
                    MlopsException.invalid(
                        "The cloud is azure, and no subscription is named",
                        "Set the key subscription in the profile, AZURE_SUBSCRIPTION_ID or"
                            + " --subscription; `az account show` prints the id."));
    HttpClient transport = wire.apply(new JdkHttpClientBuilder().build());
    TokenCredential credential = new DefaultAzureCredentialBuilder().httpClient(transport).build();
    return new AzureConnection(
        transport, new ExplainedCredential(credential), subscription, AZURE_POLL);
  }
}
