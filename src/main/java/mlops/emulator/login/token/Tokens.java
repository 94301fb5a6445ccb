package mlops.emulator.login.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.state.StateTree;
import org.jspecify.annotations.Nullable;

/** Issues the access tokens of the tenant (signed JWTs, RS256) and checks those that come back. */
public final class Tokens {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Duration LIFETIME = Duration.ofHours(1);
  private static final int REMEMBERED = 500;
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final SigningKey key;
  private final Directory directory;
  private final String tenant;
  private final Clock clock;
  private final Map<String, JsonNode> verified = new ConcurrentHashMap<>();

  public Tokens(StateTree state, Directory directory, String tenant, Clock clock) {
    this.key = SigningKey.of(state);
    this.directory = directory;
    this.tenant = tenant;
    this.clock = clock;
  }

  /** When a token issued now ends. */
  public Instant expiry() {
    return clock.instant().plus(LIFETIME);
  }

  /** A token for this principal and resource, such as {@code https://management.azure.com}. */
  public String issue(Principal principal, String audience) {
    ObjectNode claims = Json.object();
    claims.put("aud", audience).put("iss", issuer());
    claims.put("iat", clock.instant().getEpochSecond());
    claims.put("nbf", clock.instant().getEpochSecond());
    claims.put("exp", expiry().getEpochSecond());
    claims.put("oid", principal.objectId()).put("sub", principal.objectId());
    claims.put("appid", principal.appId()).put("tid", tenant).put("ver", "1.0");
    boolean user = principal.type().equals(Caller.USER);
    claims.put("idtyp", user ? "user" : "app").put("name", principal.displayName());
    if (user) {
      claims.put("upn", principal.name()).put("scp", "user_impersonation");
    }
    return sign(claims);
  }

  private String issuer() {
    return "https://sts.windows.net/" + tenant + "/";
  }

  /** A JWT of these claims, signed with the key of the tenant. */
  public String sign(JsonNode claims) {
    ObjectNode header = Json.object().put("typ", "JWT").put("alg", "RS256").put("kid", key.id());
    String content = encode(header) + "." + encode(claims);
    byte[] signature = key.sign(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + BASE64.encodeToString(signature);
  }

  public SigningKey key() {
    return key;
  }

  /**
   * Who sends the request, by its bearer token.
   *
   * @throws ApiException 401 where the token is missing, broken, expired, for another audience or
   *     of a principal that is gone
   */
  public Caller caller(Request request, String audience) {
    JsonNode claims = verify(bearer(request.header("Authorization")));
    String actual = claims.path("aud").asText();
    if (!Audiences.same(actual, audience)) {
      throw unauthorized(
          "InvalidAuthenticationTokenAudience",
          "The access token has been obtained for wrong audience or resource '%s'. It should exactly match with one of the allowed audiences '%s'."
              .formatted(actual, audience));
    }
    String objectId = claims.path("oid").asText();
    Principal principal =
        directory
            .find(objectId)
            .orElseThrow(
                () ->
                    unauthorized(
                        "InvalidAuthenticationToken",
                        "The principal '%s' of the access token is not in the directory."
                            .formatted(objectId)));
    return new Caller(objectId, claims.path("appid").asText(), principal.type(), actual);
  }

  private String bearer(@Nullable String header) {
    if (header == null || header.isBlank()) {
      throw unauthorized(
          "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
    }
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw unauthorized(
          "AuthenticationFailed",
          "Authentication failed. The 'Authorization' header is provided in an invalid format.");
    }
    return header.substring(7).strip();
  }

  private JsonNode verify(String token) {
    return signed(token)
        .filter(claims -> claims.path("iss").asText().equals(issuer()))
        .map(this::inTime)
        .orElseThrow(
            () -> unauthorized("InvalidAuthenticationToken", "The access token is invalid."));
  }

  /**
   * The claims of a JWT that the key of the tenant has signed, whatever their time. A signature
   * that was right once is right for ever, so that of a token in use is computed once.
   */
  public Optional<JsonNode> signed(String token) {
    JsonNode known = verified.get(token);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<JsonNode> claims = verifySignature(token);
    if (claims.isPresent()) {
      if (verified.size() >= REMEMBERED) {
        verified.clear();
      }
      verified.put(token, claims.get());
    }
    return claims;
  }

  private Optional<JsonNode> verifySignature(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      if (parts.length == 3) {
        byte[] content = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        JsonNode header = decode(parts[0]);
        if ("RS256".equals(header.path("alg").asText())
            && key.verify(content, Base64.getUrlDecoder().decode(parts[2]))) {
          return Optional.of(decode(parts[1]));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // not a JWT at all
    }
    return Optional.empty();
  }

  /** The claims that a JWT makes, which nobody has checked. */
  public static Optional<JsonNode> claimed(String token) {
    String[] parts = token.split("\\.", -1);
    try {
      return parts.length == 3 ? Optional.of(decode(parts[1])) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private JsonNode inTime(JsonNode claims) {
    Instant now = clock.instant();
    if (now.minus(CLOCK_SKEW).getEpochSecond() > claims.path("exp").asLong()) {
      throw unauthorized(
          "ExpiredAuthenticationToken",
          "The access token expiry UTC time '%s' is earlier than current UTC time '%s'."
              .formatted(Instant.ofEpochSecond(claims.path("exp").asLong()), now));
    }
    if (now.plus(CLOCK_SKEW).getEpochSecond() < claims.path("nbf").asLong()) {
      throw unauthorized("InvalidAuthenticationToken", "The access token is not valid yet.");
    }
    return claims;
  }

  private ApiException unauthorized(String code, String message) {
    return new ApiException(401, code, message)
        .with(
            "WWW-Authenticate",
            "Bearer authorization_uri=\"https://login.microsoftonline.com/%s\", error=\"invalid_token\", error_description=\"%s\""
                .formatted(tenant, message.replace('"', '\'')));
  }

  private static String encode(JsonNode node) {
    return BASE64.encodeToString(Json.bytes(node));
  }

  private static JsonNode decode(String part) throws IOException {
    return Json.MAPPER.readTree(Base64.getUrlDecoder().decode(part));
  }
}
