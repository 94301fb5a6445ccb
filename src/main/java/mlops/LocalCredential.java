package mlops;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.ZoneOffset;
import mlops.azure.github.GitHubClient;
import mlops.emulator.EmbeddedAzure;
import reactor.core.publisher.Mono;

/** Logs the person at the keyboard in to the embedded Azure, and to the GitHub beside it. */
final class LocalCredential implements TokenCredential {
  private static final String ALL_SCOPES = "/.default";

  private final EmbeddedAzure azure;

  LocalCredential(EmbeddedAzure azure) {
    this.azure = azure;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request));
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    String scope = request.getScopes().get(0);
    String audience =
        scope.endsWith(ALL_SCOPES)
            ? scope.substring(0, scope.length() - ALL_SCOPES.length())
            : scope;
    String token =
        audience.equals(GitHubClient.AUDIENCE)
            ? azure.github().tokens().ofUser().value()
            : azure.userToken(audience);
    return new AccessToken(token, azure.tokenExpiry().atOffset(ZoneOffset.UTC));
  }
}
