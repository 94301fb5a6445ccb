package mlops.azure;

import com.azure.core.http.HttpClient;
import com.azure.storage.blob.BlobClientBuilder;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.time.Duration;

/**
 * Clients of the storage SDK on one connection, without a credential yet. The SDK tries nothing
 * again itself: {@link AzureRetryPolicy} does, as everywhere.
 */
public final class BlobClients {
  private static final RequestRetryOptions ONCE =
      new RequestRetryOptions(RetryPolicyType.FIXED, 1, (Duration) null, null, null, null);

  private final HttpClient transport;
  private final AzureRetryPolicy retries;

  BlobClients(HttpClient transport, AzureRetryPolicy retries) {
    this.transport = transport;
    this.retries = retries.withStreams();
  }

  /** Of an account, by its name. */
  public BlobServiceClientBuilder account(String name) {
    return new BlobServiceClientBuilder()
        .endpoint("https://%s.blob.core.windows.net".formatted(name))
        .httpClient(transport)
        .retryOptions(ONCE)
        .addPolicy(retries);
  }

  /** Of a container, by its address. */
  public BlobContainerClientBuilder container(String address) {
    return new BlobContainerClientBuilder()
        .endpoint(address)
        .httpClient(transport)
        .retryOptions(ONCE)
        .addPolicy(retries);
  }

  /** Of a blob, by its address, which may be signed. */
  public BlobClientBuilder blob(String address) {
    return new BlobClientBuilder()
        .endpoint(address)
        .httpClient(transport)
        .retryOptions(ONCE)
        .addPolicy(retries);
  }
}
