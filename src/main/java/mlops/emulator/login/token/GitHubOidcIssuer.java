package mlops.emulator.login.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * The OpenID Connect issuer of GitHub Actions, as far as a local workflow needs it: its discovery
 * documents and the tokens themselves, signed with the key of the state.
 */
public final class GitHubOidcIssuer {
  public static final String HOST = "token.actions.githubusercontent.com";
  public static final String ISSUER = "https://" + HOST;
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final Clock clock;

  public GitHubOidcIssuer(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * The token of a workflow run.
   *
   * @param subject such as {@code repo:me/taxi:environment:dev}
   * @param audience such as {@code api://AzureADTokenExchange}
   * @param claims what GitHub says beside it: {@code repository}, {@code ref}, {@code actor}…
   */
  public String issue(String subject, String audience, JsonNode claims) {
    long now = clock.instant().getEpochSecond();
    ObjectNode all = Json.object().put("jti", UUID.randomUUID().toString());
    claims.fields().forEachRemaining(c -> all.set(c.getKey(), c.getValue()));
    all.put("sub", subject).put("aud", audience).put("iss", ISSUER);
    all.put("nbf", now).put("iat", now).put("exp", now + LIFETIME.toSeconds());
    return tokens.sign(all);
  }

  public List<Route> routes() {
    return List.of(
        open("/.well-known/openid-configuration", GitHubOidcIssuer::configuration),
        open("/.well-known/jwks", () -> JsonWebKeySet.of(tokens.key())));
  }

  private static Route open(String path, Supplier<JsonNode> document) {
    return Route.of(
        "GET", HOST, path, Permission.open(), request -> Response.json(200, document.get()));
  }

  private static ObjectNode configuration() {
    ObjectNode found = Json.object().put("issuer", ISSUER);
    found.put("jwks_uri", ISSUER + "/.well-known/jwks");
    found.putArray("subject_types_supported").add("public").add("pairwise");
    found.putArray("response_types_supported").add("id_token");
    found.putArray("id_token_signing_alg_values_supported").add("RS256");
    found.putArray("scopes_supported").add("openid");
    return found;
  }
}
