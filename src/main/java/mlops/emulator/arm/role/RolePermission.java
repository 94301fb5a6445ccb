package mlops.emulator.arm.role;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/**
 * One permission of a role. Patterns are those of Azure: {@code *} stands for any characters. One
 * of a type, a star and {@code read} holds {@code type/read} too (Managed Identity Operator reads
 * identities by it).
 *
 * <p>Its condition says which roles its holders may assign. Nothing here evaluates it, so that who
 * holds such a permission assigns none by it.
 */
record RolePermission(
    List<String> actions,
    List<String> notActions,
    List<String> dataActions,
    List<String> notDataActions,
    boolean conditional) {
  private static final String ASSIGNMENTS = "microsoft.authorization/roleassignments/";

  static RolePermission of(JsonNode permission) {
    return new RolePermission(
        patterns(permission, "actions"),
        patterns(permission, "notActions"),
        patterns(permission, "dataActions"),
        patterns(permission, "notDataActions"),
        permission.hasNonNull("condition"));
  }

  private static List<String> patterns(JsonNode permission, String member) {
    return StreamSupport.stream(permission.path(member).spliterator(), false)
        .map(p -> p.asText().toLowerCase(Locale.ROOT))
        .toList();
  }

  boolean allowsAction(String action) {
    String lower = action.toLowerCase(Locale.ROOT);
    boolean assigns = lower.startsWith(ASSIGNMENTS) && !lower.endsWith("/read");
    return any(actions, lower) && !any(notActions, lower) && !(assigns && conditional);
  }

  boolean allowsData(String dataAction) {
    String lower = dataAction.toLowerCase(Locale.ROOT);
    return any(dataActions, lower) && !any(notDataActions, lower);
  }

  private static boolean any(List<String> patterns, String action) {
    return patterns.stream()
        .anyMatch(p -> matches(p, action) || matches(p.replace("/*/", "/"), action));
  }

  private static boolean matches(String pattern, String action) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(action);
    }
    String rest = pattern.substring(star + 1);
    if (!action.startsWith(pattern.substring(0, star))) {
      return false;
    }
    for (int i = star; i <= action.length(); i++) {
      if (matches(rest, action.substring(i))) {
        return true;
      }
    }
    return false;
  }
}
