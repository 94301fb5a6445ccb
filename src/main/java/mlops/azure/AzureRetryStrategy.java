package mlops.azure;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.http.policy.ExponentialBackoff;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryStrategy;
import java.time.Duration;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;

/**
 * When a request is sent again: as the SDK does, which takes every exception for a broken network,
 * but not where the failure says already what a person has to do.
 */
public final class AzureRetryStrategy implements RetryStrategy {
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
    return !isSettled(condition.getThrowable()) && usual.shouldRetryCondition(condition);
  }

  private static boolean isSettled(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MlopsException || cause instanceof ClientAuthenticationException) {
        return true;
      }
    }
    return false;
  }
}
