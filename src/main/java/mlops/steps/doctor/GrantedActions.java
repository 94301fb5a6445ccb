package mlops.steps.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.profile.Profile;

/**
 * Whether whoever is logged in may do what {@code bootstrap} does, by the actions that Azure says
 * are granted: <a
 * href="https://learn.microsoft.com/rest/api/authorization/permissions">permissions</a>.
 */
final class GrantedActions {
  private static final String PERMISSIONS_API = "2022-04-01";
  private static final String GROUP_API = "2021-04-01";
  private static final String ASSIGN = "Microsoft.Authorization/roleAssignments/write";
  private static final List<String> NEEDED =
      List.of(
          "Microsoft.MachineLearningServices/workspaces/write",
          "Microsoft.Storage/storageAccounts/write",
          ASSIGN);

  private final Azure azure;
  private final Profile profile;

  GrantedActions(Azure azure, Profile profile) {
    this.azure = azure;
    this.profile = profile;
  }

  HealthFinding finding() {
    return HealthFinding.worst(
        Stream.of(profile.resourceGroups().ml(), profile.resourceGroups().storage())
            .distinct()
            .map(this::of)
            .toList());
  }

  private HealthFinding of(String group) {
    String id = azure.subscriptionId() + "/resourceGroups/" + group;
    boolean exists = azure.arm().find(id, GROUP_API).isPresent();
    String scope = exists ? id : azure.subscriptionId();
    String named = exists ? "resource group " + group : "the subscription";
    List<JsonNode> permissions =
        azure
            .arm()
            .list(scope + "/providers/Microsoft.Authorization/permissions", PERMISSIONS_API, "")
            .stream()
            .map(JsonNode.class::cast)
            .toList();
    List<String> needed =
        exists
            ? NEEDED
            : Stream.concat(
                    NEEDED.stream(),
                    Stream.of("Microsoft.Resources/subscriptions/resourceGroups/write"))
                .toList();
    List<String> missing = needed.stream().filter(a -> !isGranted(permissions, a)).toList();
    if (missing.isEmpty()) {
      return HealthFinding.ok("you may make resources and assign roles on " + named);
    }
    String role =
        missing.equals(List.of(ASSIGN)) ? "Role Based Access Control Administrator" : "Owner";
    return HealthFinding.failed(
        "you may not do %s on %s".formatted(String.join(", ", missing), named),
        "An owner can do it: az role assignment create --role \"%s\" --assignee %s --scope %s"
            .formatted(role, azure.signedIn().objectId(), scope));
  }

  private static boolean isGranted(List<JsonNode> permissions, String action) {
    return permissions.stream()
        .anyMatch(p -> any(p.path("actions"), action) && !any(p.path("notActions"), action));
  }

  private static boolean any(JsonNode patterns, String action) {
    for (JsonNode pattern : patterns) {
      String regex =
          Pattern.quote(pattern.asText().toLowerCase(Locale.ROOT)).replace("*", "\\E.*\\Q");
      if (action.toLowerCase(Locale.ROOT).matches(regex)) {
        return true;
      }
    }
    return false;
  }
}
