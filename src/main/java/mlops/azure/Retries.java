package mlops.azure;

import com.azure.core.http.policy.ExponentialBackoff;
import com.azure.core.http.policy.RetryStrategy;
import java.time.Duration;
import mlops.MlopsException;

/**
 * Asks again when the SDK does, but not where a failure is explained: that would only take time.
 */
final class Retries implements RetryStrategy {
  private final RetryStrategy usual = new ExponentialBackoff();

  @Override
  public int getMaxRetries() {
    return usual.getMaxRetries();
  }

  @Override
  public Duration calculateRetryDelay(int attempt) {
    return usual.calculateRetryDelay(attempt);
  }

  @Override
  public boolean shouldRetryException(Throwable failure) {
    return !(failure instanceof MlopsException) && usual.shouldRetryException(failure);
  }
}
