package mlops.emulator.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.ClientSecrets;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Tokens;

/**
 * Logins of the local user: device code, refresh token, password. Device codes and refresh tokens
 * are signed documents, so that another process on the state honours them too.
 */
final class UserLogin {
  private static final String DEVICE = "urn:mlops:device-code";
  private static final String REFRESH = "urn:mlops:refresh-token";
  private static final Duration DEVICE_LIFE = Duration.ofMinutes(15);
  private static final Duration REFRESH_LIFE = Duration.ofDays(90);

  private final Directory directory;
  private final ClientApplications clients;
  private final ClientSecrets secrets;
  private final Tokens tokens;
  private final TokenResponse answer;
  private final Tenant tenant;
  private final Clock clock;

  UserLogin(
      Directory directory,
      ClientApplications clients,
      ClientSecrets secrets,
      Tokens tokens,
      TokenResponse answer,
      Tenant tenant,
      Clock clock) {
    this.directory = directory;
    this.clients = clients;
    this.secrets = secrets;
    this.tokens = tokens;
    this.answer = answer;
    this.tenant = tenant;
    this.clock = clock;
  }

  /** A device code, which the local user has approved at once. */
  Response deviceCode(TokenForm form) {
    String client = form.need("client_id");
    clients.requirePublic(client);
    TokenScope.of(form, false, tenant.id());
    ObjectNode code = Json.object();
    String userCode = UUID.randomUUID().toString().substring(0, 8).toUpperCase(Locale.ROOT);
    code.put("user_code", userCode);
    String scope = form.find("scope").or(() -> form.find("resource")).orElse("");
    code.put("device_code", ticket(DEVICE, client, localUser().objectId(), scope, DEVICE_LIFE));
    code.put("verification_uri", "https://microsoft.com/devicelogin");
    code.put("verification_url", "https://microsoft.com/devicelogin");
    code.put("expires_in", (int) DEVICE_LIFE.toSeconds()).put("interval", 1);
    code.put(
        "message",
        "The local Azure has approved the code %s for %s at once: there is no page to open."
            .formatted(userCode, localUser().name()));
    return Response.json(200, code);
  }

  Response device(TokenForm form) {
    String code = form.find("device_code").orElseGet(() -> form.need("code"));
    JsonNode ticket =
        redeem(code, DEVICE, form.need("client_id")).orElseThrow(AuthErrors::wrongDeviceCode);
    TokenScope scope = TokenScope.of(withScope(form, ticket), false, tenant.id());
    return answer(form, user(ticket), scope);
  }

  Response refresh(TokenForm form) {
    JsonNode ticket =
        redeem(form.need("refresh_token"), REFRESH, form.need("client_id"))
            .orElseThrow(AuthErrors::badGrant);
    return answer(form, user(ticket), TokenScope.of(withScope(form, ticket), false, tenant.id()));
  }

  Response password(TokenForm form) {
    clients.requirePublic(form.need("client_id"));
    String name = form.need("username").toLowerCase(Locale.ROOT);
    String password = form.need("password");
    Principal user =
        directory.objects().stream()
            .filter(o -> o.path("userPrincipalName").asText().equalsIgnoreCase(name))
            .findFirst()
            .flatMap(o -> directory.find(o.path("id").asText()))
            .orElseThrow(() -> AuthErrors.unknownUser(tenant.id()));
    if (!secrets.matches(user.objectId(), password)) {
      throw AuthErrors.wrongPassword();
    }
    return answer(form, user, TokenScope.of(form, false, tenant.id()));
  }

  private Response answer(TokenForm form, Principal user, TokenScope scope) {
    String client = form.need("client_id");
    String refresh = ticket(REFRESH, client, user.objectId(), scope.resource(), REFRESH_LIFE);
    return answer.of(user, scope, client, form, refresh);
  }

  /** A request may leave the scope out that its code was asked with. */
  private static TokenForm withScope(TokenForm form, JsonNode ticket) {
    String scope = ticket.path("scope").asText();
    boolean said = form.find("scope").or(() -> form.find("resource")).isPresent();
    return said
        ? form
        : form.with("scope", scope.contains("/.default") ? scope : scope + "/.default");
  }

  private Principal user(JsonNode ticket) {
    return directory
        .find(ticket.path("oid").asText())
        .orElseThrow(() -> AuthErrors.unknownUser(tenant.id()));
  }

  private Principal localUser() {
    return directory.objects().stream()
        .flatMap(o -> directory.find(o.path("id").asText()).stream())
        .filter(p -> p.type().equals(Caller.USER))
        .findFirst()
        .orElseThrow();
  }

  private String ticket(String kind, String client, String user, String scope, Duration life) {
    ObjectNode claims = Json.object().put("aud", kind).put("appid", client);
    claims.put("oid", user).put("scope", scope);
    claims.put("exp", clock.instant().plus(life).getEpochSecond());
    return tokens.sign(claims);
  }

  private Optional<JsonNode> redeem(String ticket, String kind, String client) {
    return tokens
        .signed(ticket)
        .filter(t -> t.path("aud").asText().equals(kind))
        .filter(t -> t.path("appid").asText().equals(client))
        .filter(t -> t.path("exp").asLong() > clock.instant().getEpochSecond());
  }
}
