package mlops;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.ZoneOffset;
import java.util.Optional;
import mlops.azure.github.GitHubSite;
import mlops.emulator.EmbeddedAzure;
import mlops.error.MlopsException;
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
    Optional<GitHubSite> site = GitHubSite.ofScope(scope);
    if (site.isPresent()) {
      return expiring(gitHub(site.get()));
    }
    String audience =
        scope.endsWith(ALL_SCOPES)
            ? scope.substring(0, scope.length() - ALL_SCOPES.length())
            : scope;
    return expiring(azure.userToken(audience));
  }

  private AccessToken expiring(String token) {
    return new AccessToken(token, azure.tokenExpiry().atOffset(ZoneOffset.UTC));
  }

  private String gitHub(GitHubSite site) {
    if (!site.isPublic()) {
      throw MlopsException.invalid(
          "The local clouds have github.com alone, and nothing of %s".formatted(site.host()),
          "Add --cloud azure to reach it, or leave out --github-url.");
    }
    return azure.github().tokens().ofUser().value();
  }
}
