package mlops.azure;

import java.util.Locale;

/** ARM ids of the things that the steps name. */
public final class Names {
  public static final String MACHINE_LEARNING = "Microsoft.MachineLearningServices";

  public static String resource(Azure azure, String group, String type, String name) {
    return "%s/resourceGroups/%s/providers/%s/%s"
        .formatted(azure.subscriptionId(), group, type, name);
  }

  public static String workspace(Azure azure, String group, String name) {
    return resource(azure, group, MACHINE_LEARNING + "/workspaces", name);
  }

  /** A built-in role, by its GUID. */
  public static String roleDefinition(Azure azure, String role) {
    return azure.subscriptionId() + "/providers/Microsoft.Authorization/roleDefinitions/" + role;
  }

  /** Whether two ARM ids mean the same resource: case does not count. */
  public static boolean same(String id, String other) {
    return id.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
  }

  private Names() {}
}
