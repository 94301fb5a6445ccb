package mlops.emulator.arm.role;

import java.util.List;
import java.util.Locale;

/**
 * What a role allows. Patterns are those of Azure: {@code *} stands for any characters.
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
    List<String> notDataActions) {

  boolean allowsAction(String action) {
    return any(actions, action) && !any(notActions, action);
  }

  boolean allowsData(String dataAction) {
    return any(dataActions, dataAction) && !any(notDataActions, dataAction);
  }

  private static boolean any(List<String> patterns, String action) {
    String lower = action.toLowerCase(Locale.ROOT);
    return patterns.stream().anyMatch(p -> matches(p.toLowerCase(Locale.ROOT), lower));
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
