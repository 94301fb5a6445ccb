package mlops.emulator.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Base64;
import mlops.emulator.http.Json;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Tokens;
import org.jspecify.annotations.Nullable;

/** The answer of the token endpoint, in the form of v1.0 where a resource was asked for. */
final class TokenResponse {
  private final Tokens tokens;
  private final Tenant tenant;
  private final Clock clock;

  TokenResponse(Tokens tokens, Tenant tenant, Clock clock) {
    this.tokens = tokens;
    this.tenant = tenant;
    this.clock = clock;
  }

  Response of(Principal principal, TokenScope scope, String clientId, TokenForm form) {
    return of(principal, scope, clientId, form, null);
  }

  /** With a refresh token, which only users get. */
  Response of(
      Principal principal,
      TokenScope scope,
      String clientId,
      TokenForm form,
      @Nullable String refresh) {
    Principal through =
        new Principal(
            principal.objectId(),
            clientId,
            principal.type(),
            principal.name(),
            principal.displayName());
    ObjectNode answer = Json.object().put("token_type", "Bearer");
    times(answer, scope, form);
    answer.put("access_token", tokens.issue(through, scope.resource()));
    if (refresh != null) {
      answer.put(
          "scope",
          "%s/user_impersonation %s/.default".formatted(scope.resource(), scope.resource()));
      answer.put("refresh_token", refresh).put("foci", "1");
      if (scope.openId()) {
        answer.put("id_token", idToken(principal, clientId));
      }
      answer.put("client_info", clientInfo(principal));
    }
    return Response.json(200, answer).with("Cache-Control", "no-store, no-cache");
  }

  /** The older endpoint, which is asked for a resource, writes its numbers as texts. */
  private void times(ObjectNode answer, TokenScope scope, TokenForm form) {
    long lasts = tokens.expiry().getEpochSecond() - clock.instant().getEpochSecond() - 1;
    if (form.find("resource").isPresent()) {
      answer.put("expires_in", Long.toString(lasts)).put("ext_expires_in", Long.toString(lasts));
      answer.put("expires_on", Long.toString(tokens.expiry().getEpochSecond()));
      answer.put("not_before", Long.toString(clock.instant().getEpochSecond()));
      answer.put("resource", scope.resource());
    } else {
      answer.put("expires_in", lasts).put("ext_expires_in", lasts);
    }
  }

  private String idToken(Principal user, String clientId) {
    long now = clock.instant().getEpochSecond();
    ObjectNode claims = Json.object().put("aud", clientId);
    claims.put("iss", "https://login.microsoftonline.com/" + tenant.id() + "/v2.0");
    claims.put("iat", now).put("nbf", now).put("exp", tokens.expiry().getEpochSecond());
    claims.put("name", user.displayName()).put("preferred_username", user.name());
    claims.put("upn", user.name()).put("unique_name", user.name());
    claims.put("oid", user.objectId()).put("sub", user.objectId());
    return tokens.sign(claims.put("tid", tenant.id()).put("ver", "2.0"));
  }

  private String clientInfo(Principal user) {
    String info = Json.object().put("uid", user.objectId()).put("utid", tenant.id()).toString();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(info.getBytes(UTF_8));
  }
}
