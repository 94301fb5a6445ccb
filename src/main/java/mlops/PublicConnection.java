package mlops;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Configuration;
import com.azure.core.util.ConfigurationBuilder;
import com.azure.identity.DefaultAzureCredentialBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
    Configuration proxies = proxies(environment);
    HttpClient transport = wire.apply(new JdkHttpClientBuilder().configuration(proxies).build());
    GitHubJob job = new GitHubJob(environment);
    TokenCredential credential =
        job.on(transport)
            .orElseGet(
                () ->
                    new DefaultAzureCredentialBuilder()
                        .configuration(proxies)
                        .httpClient(transport)
                        .build());
    return new AzureConnection(
        transport,
        new PublicCredential(
            new ExplainedCredential(
                credential, () -> NetworkCheck.require(proxies), job::explained),
            environment),
        subscription,
        POLL);
  }

  /** What leads to a proxy; without the property the SDK passes over HTTPS_PROXY and NO_PROXY. */
  private static Configuration proxies(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    for (String property :
        List.of("https.proxyHost", "https.proxyPort", "https.proxyUser", "https.proxyPassword")) {
      Optional.ofNullable(System.getProperty(property)).ifPresent(v -> all.put(property, v));
    }
    all.put("java.net.useSystemProxies", "true");
    return new ConfigurationBuilder(path -> Map.of(), path -> Map.of(), path -> all).build();
  }

  private PublicConnection() {}
}
