package mlops;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mlops.azure.github.GitHubSite;
import mlops.error.MlopsException;
import reactor.core.publisher.Mono;

/**
 * Logs in to Azure as its SDK does, and to GitHub as {@code gh} does: by {@code GITHUB_TOKEN} or
 * {@code GH_TOKEN}, else by whoever is logged in there.
 */
final class PublicCredential implements TokenCredential {
  private static final int PATIENCE_SECONDS = 20;

  private final TokenCredential azure;
  private final Map<String, String> environment;

  PublicCredential(TokenCredential azure, Map<String, String> environment) {
    this.azure = azure;
    this.environment = environment;
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return site(request).isPresent()
        ? Mono.fromCallable(() -> getTokenSync(request))
        : azure.getToken(request);
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    return site(request).map(this::gitHub).orElseGet(() -> azure.getTokenSync(request));
  }

  /** The variables are those of gh: a token of the public GitHub goes to no server. */
  private AccessToken gitHub(GitHubSite site) {
    String enterprise = site.isServer() ? "_ENTERPRISE" : "";
    String first = "GITHUB%s_TOKEN".formatted(enterprise);
    String second = "GH%s_TOKEN".formatted(enterprise);
    String token =
        Stream.of(first, second)
            .map(name -> environment.getOrDefault(name, "").strip())
            .filter(value -> !value.isEmpty())
            .findFirst()
            .or(() -> ofGh(site))
            .orElseThrow(
                () ->
                    MlopsException.failed(
                        "NotLoggedIn",
                        "There is no token for %s: neither %s nor %s is set, and gh is not logged in"
                            .formatted(site.isPublic() ? "GitHub" : site.host(), first, second),
                        "Log in with `gh auth login%s`, or set %s."
                            .formatted(site.hostname(), first)));
    return new AccessToken(token, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1));
  }

  private static Optional<GitHubSite> site(TokenRequestContext request) {
    return GitHubSite.ofScope(request.getScopes().get(0));
  }

  private static Optional<String> ofGh(GitHubSite site) {
    try {
      Process gh =
          new ProcessBuilder("gh", "auth", "token", "--hostname", site.host())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      gh.getOutputStream().close();
      String token = new String(gh.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = gh.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return ended && gh.exitValue() == 0 && !token.isEmpty()
          ? Optional.of(token)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no gh
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
