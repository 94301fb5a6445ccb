package mlops;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.error.MlopsException;
import mlops.profile.Profile;

/** Reaches the real Azure, as whoever is logged in. */
final class PublicConnection {
  private static final Duration POLL = Duration.ofSeconds(5);

  static AzureConnection to(
      Profile profile, Map<String, String> environment, UnaryOperator<HttpClient> wire) {
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
    return new AzureConnection(transport, new ExplainedCredential(credential), subscription, POLL);
  }

  private PublicConnection() {}
}
