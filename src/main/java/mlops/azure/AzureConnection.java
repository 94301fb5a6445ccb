package mlops.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import mlops.azure.time.Time;

/**
 * How requests reach an Azure. The public cloud and the embedded one differ in these values only.
 *
 * @param pollInterval how long to wait between looks at a long-running operation, where the service
 *     does not say
 * @param curated which of Microsoft's own environments it has
 * @param time how waits for it pass
 */
public record AzureConnection(
    HttpClient transport,
    TokenCredential credential,
    String subscription,
    Duration pollInterval,
    CuratedCatalog curated,
    Time time) {

  /** A connection whose waits take what they take. */
  public AzureConnection(
      HttpClient transport,
      TokenCredential credential,
      String subscription,
      Duration pollInterval,
      CuratedCatalog curated) {
    this(transport, credential, subscription, pollInterval, curated, Time.REAL);
  }

  /** A connection to an Azure that has all of Microsoft's environments. */
  public AzureConnection(
      HttpClient transport,
      TokenCredential credential,
      String subscription,
      Duration pollInterval) {
    this(
        transport,
        credential,
        subscription,
        pollInterval,
        reference -> Optional.empty(),
        Time.REAL);
  }
}
