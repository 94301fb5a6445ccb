package mlops.emulator.keyvault;

import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;

/** The refusals of Key Vault, in its own words. */
final class VaultErrors {
  /** The detail of a failure that becomes the code of its inner error. */
  private static final String INNER = "innererror";

  static ApiException badParameter(String message) {
    return ApiException.badRequest("BadParameter", message);
  }

  static ApiException secretNotFound(String nameOrId) {
    return ApiException.notFound(
        "SecretNotFound",
        "A secret with (name/id) %s was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182"
            .formatted(nameOrId));
  }

  static ApiException deletedSecretNotFound(String name) {
    return ApiException.notFound("SecretNotFound", "Deleted Secret not found: " + name);
  }

  static ApiException secretDisabled() {
    return forbidden("Operation get is not allowed on a disabled secret.", "SecretDisabled");
  }

  static ApiException deletedButRecoverable(String name) {
    return new ApiException(
            409,
            "Conflict",
            "Secret %s is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged."
                .formatted(name))
        .withDetail(INNER, "ObjectIsDeletedButRecoverable");
  }

  static ApiException purgeProtected(Vault vault) {
    return new ApiException(
        403,
        "Forbidden",
        "Operation \"purge\" is not allowed because purge protection is enabled for this vault. Key Vault service will automatically purge it after the retention period has passed.\r\nVault: %s"
            .formatted(vault.described()));
  }

  /** No role of the caller holds the data action. */
  static ApiException roleMissing(
      Caller caller, String issuer, VaultRight right, String scope, Vault vault) {
    String resource =
        scope
            .replace("/resourceGroups/", "/resourcegroups/")
            .replace("/Microsoft.KeyVault/", "/microsoft.keyvault/");
    return forbidden(
        "Caller is not authorized to perform action on resource.\r\nIf role assignments, deny assignments or role definitions were changed recently, please observe propagation time.\r\nCaller: %s\r\nAction: '%s'\r\nResource: '%s'\r\nAssignment: (not found)\r\nDenyAssignmentId: null\r\nDecisionReason: null \r\nVault: %s\r\n"
            .formatted(identity(caller, issuer), right.action, resource, vault.described()),
        "ForbiddenByRbac");
  }

  /** No access policy gives the caller the permission. */
  static ApiException policyMissing(Caller caller, String issuer, VaultRight right, Vault vault) {
    return forbidden(
        "The user, group or application '%s' does not have %s %s permission on key vault '%s'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287"
            .formatted(
                identity(caller, issuer), right.objects, right.permission, vault.described()),
        "AccessDenied");
  }

  private static String identity(Caller caller, String issuer) {
    return "appid=%s;oid=%s;iss=%s".formatted(caller.appId(), caller.objectId(), issuer);
  }

  private static ApiException forbidden(String message, String inner) {
    return new ApiException(403, "Forbidden", message).withDetail(INNER, inner);
  }

  private VaultErrors() {}
}
