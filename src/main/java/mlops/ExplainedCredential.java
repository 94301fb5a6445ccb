package mlops;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import mlops.error.MlopsException;
import reactor.core.publisher.Mono;

/** A credential whose failure says how to log in. */
final class ExplainedCredential implements TokenCredential {
  private final TokenCredential credential;

  ExplainedCredential(TokenCredential credential) {
    this.credential = credential;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return credential
        .getToken(request)
        .onErrorMap(ClientAuthenticationException.class, ExplainedCredential::explained);
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    try {
      return credential.getTokenSync(request);
    } catch (ClientAuthenticationException e) {
      throw explained(e);
    }
  }

  private static MlopsException explained(ClientAuthenticationException e) {
    return MlopsException.failed(
        "NotLoggedIn",
        "No way to log in to Azure was found",
        "Run `az login`, or set AZURE_CLIENT_ID, AZURE_TENANT_ID and AZURE_CLIENT_SECRET; -v shows"
            + " what was tried.",
        e);
  }
}
