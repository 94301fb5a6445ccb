package mlops.emulator.keyvault;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Request;
import mlops.emulator.login.token.Audiences;
import mlops.emulator.login.token.Tokens;
import org.jspecify.annotations.Nullable;

/** Who may do what in a vault: by a token, and by roles or by access policies. */
final class VaultAccess {
  private final Tokens tokens;
  private final RoleBasedAccess roles;
  private final String tenant;

  VaultAccess(Tokens tokens, RoleBasedAccess roles, String tenant) {
    this.tokens = tokens;
    this.roles = roles;
    this.tenant = tenant;
  }

  /**
   * Who sends the request.
   *
   * @throws ApiException 401 with the challenge by which clients learn tenant and resource
   */
  Caller caller(Request request) {
    try {
      return tokens.caller(request, Audiences.VAULT);
    } catch (ApiException e) {
      throw new ApiException(401, "Unauthorized", explained(e, request.header("Authorization")))
          .with(
              "WWW-Authenticate",
              "Bearer authorization=\"https://login.microsoftonline.com/%s\", resource=\"%s\""
                  .formatted(tenant, Audiences.VAULT));
    }
  }

  private static String explained(ApiException e, @Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return "AKV10000: Request is missing a Bearer or PoP token.";
    }
    if (e.code().equals("InvalidAuthenticationTokenAudience")) {
      String found =
          Tokens.claimed(authorization.substring(7).strip())
              .map(claims -> claims.path("aud").asText())
              .orElse("");
      return "AKV10022: Invalid audience. Expected %s, found: %s."
          .formatted(Audiences.VAULT, found);
    }
    return e.message();
  }

  /**
   * Asks for a right.
   *
   * @param scope the ARM id of the vault or, below it, of the secret
   * @throws ApiException 403 Forbidden, in the words of the permission model of the vault
   */
  void require(Caller caller, VaultRight right, Vault vault, String scope) {
    String issuer = "https://sts.windows.net/" + tenant + "/";
    if (vault.isByRoles()) {
      if (!roles.allowsData(caller.objectId(), right.action, scope)) {
        throw VaultErrors.roleMissing(caller, issuer, right, scope, vault);
      }
    } else if (!hasPolicy(caller, right, vault)) {
      throw VaultErrors.policyMissing(caller, issuer, right, vault);
    }
  }

  private boolean hasPolicy(Caller caller, VaultRight right, Vault vault) {
    Set<String> identities = roles.identities(caller.objectId());
    for (JsonNode policy : vault.property("accessPolicies")) {
      String principal = policy.path("objectId").asText().toLowerCase(Locale.ROOT);
      String application = policy.path("applicationId").asText();
      if (identities.contains(principal)
          && (application.isEmpty() || application.equalsIgnoreCase(caller.appId()))
          && allows(policy.path("permissions").path(right.objects), right)) {
        return true;
      }
    }
    return false;
  }

  /** {@code all} is all but to purge, which must be given by name. */
  private static boolean allows(JsonNode permissions, VaultRight right) {
    for (JsonNode given : permissions) {
      String permission = given.asText();
      if (permission.equalsIgnoreCase(right.permission)
          || (permission.equalsIgnoreCase("all") && right != VaultRight.PURGE)) {
        return true;
      }
    }
    return false;
  }
}
