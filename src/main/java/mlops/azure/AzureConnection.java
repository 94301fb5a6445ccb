package mlops.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import java.time.Duration;

/**
 * How requests reach an Azure. The public cloud and the embedded one differ in these values only.
 *
 * @param pollInterval how long to wait between looks at a long-running operation, where the service
 *     does not say
 */
public record AzureConnection(
    HttpClient transport, TokenCredential credential, String subscription, Duration pollInterval) {}
