package mlops.cli.session;

import java.util.Map;

/** What to do about failures that Azure gives a code. */
final class ErrorHints {
  private static final String AGAIN =
      "Run the command again: it goes on where it stopped. If it fails again, -v and --trace show"
          + " more.";
  private static final String CORRECT =
      "Correct what the message names, in the profile or the files it points to, and run the command"
          + " again. -v and --trace show more.";
  private static final String ROLE =
      "Ask an owner of the subscription for a role that allows the action, on the scope that the"
          + " message names.";
  private static final String LOGIN = "Run `az login` for the tenant of the subscription.";
  private static final String TAKEN =
      "The name is taken, maybe by somebody else in Azure. Choose another --suffix, or another name"
          + " in the profile.";

  private static final Map<String, String> BY_CODE =
      Map.ofEntries(
          Map.entry("AuthorizationFailed", ROLE),
          Map.entry("LinkedAuthorizationFailed", ROLE),
          Map.entry(
              "AuthorizationPermissionMismatch",
              "You have no data role, such as Storage Blob Data Owner, on the account, or it is not in"
                  + " force yet: `mlops bootstrap` grants it."),
          Map.entry("PrincipalNotFound", AGAIN), // the directory is slow to know new ones
          Map.entry("InvalidAuthenticationToken", LOGIN),
          Map.entry("InvalidAuthenticationTokenTenant", LOGIN),
          Map.entry("ExpiredAuthenticationToken", LOGIN),
          Map.entry(
              "SubscriptionNotFound",
              "Check --subscription and the profile; `az account list` shows what you may use."),
          Map.entry("StorageAccountAlreadyTaken", TAKEN),
          Map.entry("VaultAlreadyExists", TAKEN),
          Map.entry(
              "ResourceGroupNotFound",
              "Run `mlops bootstrap` first, with the same --suffix and --state."),
          Map.entry(
              "ParentResourceNotFound",
              "Run `mlops bootstrap` first, with the same --suffix and --state."),
          Map.entry(
              "QuotaExceeded",
              "Ask for more quota in the portal, or choose a smaller size or fewer instances in"
                  + " compute/*.yml."),
          Map.entry(
              "RequestDisallowedByPolicy",
              "A policy of the organisation forbids it: the message names it; ask its owner."),
          Map.entry(
              "NotImplemented",
              "The local Azure does not do this yet. --cloud azure does it with the real one."));

  static String of(String code, int status) {
    String known = BY_CODE.get(code);
    if (known != null) {
      return known;
    }
    return switch (status) {
      case 400, 404, 422 -> CORRECT;
      case 401 -> LOGIN;
      case 403 -> ROLE;
      case 501 -> BY_CODE.getOrDefault("NotImplemented", AGAIN);
      default -> AGAIN;
    };
  }

  private ErrorHints() {}
}
