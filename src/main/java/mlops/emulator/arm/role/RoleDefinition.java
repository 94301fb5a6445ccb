package mlops.emulator.arm.role;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a role allows. Patterns are those of Azure: {@code *} stands for any characters. One of a
 * type, a star and {@code read} holds {@code type/read} too (Managed Identity Operator reads
 * identities by it).
 *
 * <p>The condition of a role says which roles its holders may assign. Nothing here evaluates it, so
 * that who holds such a role assigns none.
 *
 * @param name the GUID of the role, the same in every tenant for built-in roles
 */
record RoleDefinition(
    String name,
    String roleName,
    String description,
    List<String> actions,
    List<String> notActions,
    List<String> dataActions,
    List<String> notDataActions,
    @Nullable String condition) {
  private static final String ASSIGNMENTS = "microsoft.authorization/roleassignments/";

  boolean allowsAction(String action) {
    String lower = action.toLowerCase(Locale.ROOT);
    boolean assigns = lower.startsWith(ASSIGNMENTS) && !lower.endsWith("/read");
    return any(actions, action) && !any(notActions, action) && !(assigns && condition != null);
  }

  boolean allowsData(String dataAction) {
    return any(dataActions, dataAction) && !any(notDataActions, dataAction);
  }

  private static boolean any(List<String> patterns, String action) {
    String lower = action.toLowerCase(Locale.ROOT);
    return patterns.stream()
        .map(p -> p.toLowerCase(Locale.ROOT))
        .anyMatch(p -> matches(p, lower) || matches(p.replace("/*/", "/"), lower));
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
