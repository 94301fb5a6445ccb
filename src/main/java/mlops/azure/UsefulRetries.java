package mlops.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.policy.ExponentialBackoff;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryStrategy;
import java.time.Duration;
import mlops.error.MlopsException;

/**
 * When a request is sent again: as the SDK does, which takes every exception for a broken network,
 * but not where the failure says already what a person has to do.
 */
final class UsefulRetries implements RetryStrategy {
  private final RetryStrategy usual = new ExponentialBackoff();

  @Override
  public int getMaxRetries() {
    return usual.getMaxRetries();
  }

  @Override
  public Duration calculateRetryDelay(int attempts) {
    return usual.calculateRetryDelay(attempts);
  }

  @Override
  public boolean shouldRetryCondition(RequestRetryCondition condition) {
    Throwable failure = condition.getThrowable();
    boolean settled =
        failure instanceof MlopsException || failure instanceof ClientAuthenticationException;
    return !settled && usual.shouldRetryCondition(condition);
  }
}
