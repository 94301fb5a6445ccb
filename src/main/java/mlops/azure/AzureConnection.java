package mlops.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/**
 * How requests reach an Azure. The public cloud and the embedded one differ in these values only.
 *
 * @param pollInterval how long to wait between looks at a long-running operation, where the service
 *     does not say
 * @param curated which of Microsoft's own environments it has
 */
public record AzureConnection(
    HttpClient transport,
    TokenCredential credential,
    String subscription,
    Duration pollInterval,
    CuratedCatalog curated) {

  /** A connection to an Azure that has all of Microsoft's environments. */
  public AzureConnection(
      HttpClient transport,
      TokenCredential credential,
      String subscription,
      Duration pollInterval) {
    this(transport, credential, subscription, pollInterval, reference -> Optional.empty());
  }
}
