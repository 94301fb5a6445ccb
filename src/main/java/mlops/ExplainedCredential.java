package mlops;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import java.util.Optional;
import java.util.function.Function;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A credential whose failure says what to do: about the network, or how to log in. Where there is
 * no way to log in, that is found out once, and not again by each step.
 */
final class ExplainedCredential implements TokenCredential {
  private final TokenCredential credential;
  private final Runnable network;
  private final Function<ClientAuthenticationException, Optional<MlopsException>> inJob;
  private final Object looking = new Object();
  private boolean reached;
  private boolean loggedIn;
  private @Nullable MlopsException failure;

  /**
   * @param network throws where Azure cannot be reached
   * @param inJob what a refusal means for a job of a workflow; empty where this is none
   */
  ExplainedCredential(
      TokenCredential credential,
      Runnable network,
      Function<ClientAuthenticationException, Optional<MlopsException>> inJob) {
    this.credential = credential;
    this.network = network;
    this.inJob = inJob;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request)).subscribeOn(Schedulers.boundedElastic());
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    synchronized (looking) {
      if (failure != null) {
        throw failure;
      }
      try {
        if (!reached) {
          network.run();
          reached = true;
        }
        AccessToken token = credential.getTokenSync(request);
        loggedIn = true;
        return token;
      } catch (ClientAuthenticationException e) {
        if (loggedIn) {
          throw e; // a token could not be renewed just now: the SDK tries again
        }
        throw noted(explained(e));
      } catch (MlopsException e) {
        throw noted(e);
      }
    }
  }

  private MlopsException noted(MlopsException e) {
    failure = e;
    return e;
  }

  private MlopsException explained(ClientAuthenticationException e) {
    MlopsException explained =
        inJob
            .apply(e)
            .orElseGet(
                () ->
                    MlopsException.failed(
                        "NotLoggedIn",
                        "No way to log in to Azure was found",
                        "Run `az login`, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and"
                            + " AZURE_CLIENT_SECRET; -v shows what was tried."));
    explained.addSuppressed(e); // not its cause: the SDK takes one for a broken network
    return explained;
  }
}
