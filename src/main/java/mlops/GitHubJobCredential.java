package mlops;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import mlops.error.MlopsException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The SDK's credential of a federated application, with failures as those of its other credentials:
 * this one wraps what Entra answers into plain RuntimeExceptions.
 */
final class GitHubJobCredential implements TokenCredential {
  private final TokenCredential credential;

  GitHubJobCredential(TokenCredential credential) {
    this.credential = credential;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request)).subscribeOn(Schedulers.boundedElastic());
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    try {
      return credential.getTokenSync(request);
    } catch (RuntimeException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(RuntimeException wrapped) {
    for (Throwable cause = wrapped; cause != null; cause = cause.getCause()) {
      if (cause instanceof MlopsException || cause instanceof ClientAuthenticationException) {
        return (RuntimeException) cause;
      }
      String message = String.valueOf(cause.getMessage());
      if (message.startsWith("AADSTS")) {
        return new ClientAuthenticationException(message, null);
      }
    }
    return wrapped;
  }
}
