package mlops.portal;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import mlops.azure.Azure;
import mlops.azure.RestClient;

/**
 * Who holds which role where (REST reference: Role Assignments, Role Definitions).
 *
 * @param names of principals by their object id, as far as the directory tells
 */
record AccessRules(List<Assignment> assignments, Map<String, String> names) {
  private static final String VERSION = "2022-04-01";
  private static final String LIST = "/providers/Microsoft.Authorization/roleAssignments";
  private static final String BY_IDS = "https://graph.microsoft.com/v1.0/directoryObjects/getByIds";

  /**
   * A role on a scope.
   *
   * @param scope the ARM id that it was given on; all below has it too
   * @param condition whether it holds on a condition alone
   */
  record Assignment(String principal, String kind, Role role, String scope, boolean condition) {

    /** Whether it counts for a resource. */
    boolean covers(String resource) {
      String below = resource.toLowerCase(Locale.ROOT) + "/";
      return below.startsWith(scope.toLowerCase(Locale.ROOT).replaceFirst("/$", "") + "/");
    }
  }

  /** What a role permits. */
  record Role(String name, String description, JsonNode permissions) {

    boolean permits(String action) {
      return allows("actions", "notActions", action);
    }

    /** The same of what is in a resource, such as blobs. */
    boolean permitsData(String action) {
      return allows("dataActions", "notDataActions", action);
    }

    private boolean allows(String some, String without, String action) {
      for (JsonNode permission : permissions) {
        if (matches(permission.path(some), action) && !matches(permission.path(without), action)) {
          return true;
        }
      }
      return false;
    }

    private static boolean matches(JsonNode patterns, String action) {
      for (JsonNode pattern : patterns) {
        String regex = Pattern.quote(pattern.asText()).replace("*", "\\E.*\\Q");
        if (Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(action).matches()) {
          return true;
        }
      }
      return false;
    }
  }

  /** All of a subscription that count in some resource groups. */
  static AccessRules of(Azure azure, List<String> groups) {
    Map<String, Role> roles = new HashMap<>();
    List<Assignment> found = new ArrayList<>();
    for (ObjectNode one : azure.arm().list(azure.subscriptionId() + LIST, VERSION, "")) {
      JsonNode properties = one.path("properties");
      String role = properties.path("roleDefinitionId").asText();
      found.add(
          new Assignment(
              properties.path("principalId").asText(),
              properties.path("principalType").asText(),
              roles.computeIfAbsent(role, id -> role(azure, id)),
              properties.path("scope").asText(),
              properties.path("condition").isTextual()));
    }
    found.removeIf(a -> groups.stream().noneMatch(group -> concerns(azure, a, group)));
    return new AccessRules(found, names(azure, found));
  }

  private static boolean concerns(Azure azure, Assignment assignment, String group) {
    String id = azure.subscriptionId() + "/resourceGroups/" + group;
    String below = id.toLowerCase(Locale.ROOT) + "/";
    return assignment.covers(id)
        || (assignment.scope() + "/").toLowerCase(Locale.ROOT).startsWith(below);
  }

  private static Role role(Azure azure, String id) {
    JsonNode properties =
        azure
            .arm()
            .find(id, VERSION)
            .<JsonNode>map(r -> r.path("properties"))
            .orElse(RestClient.JSON.createObjectNode()); // somebody deleted it
    return new Role(
        properties.path("roleName").asText(id.substring(id.lastIndexOf('/') + 1)),
        properties.path("description").asText(),
        properties.path("permissions"));
  }

  private static Map<String, String> names(Azure azure, List<Assignment> assignments) {
    Map<String, String> names = new HashMap<>();
    ObjectNode body = RestClient.JSON.createObjectNode();
    assignments.stream().map(Assignment::principal).distinct().forEach(body.withArray("ids")::add);
    try {
      for (JsonNode object : azure.graph().post(BY_IDS, body).path("value")) {
        names.put(object.path("id").asText(), object.path("displayName").asText());
      }
    } catch (HttpResponseException e) {
      return names; // who may not read the directory sees ids
    }
    return names;
  }

  String name(Assignment assignment) {
    return names.getOrDefault(assignment.principal(), assignment.principal());
  }
}
