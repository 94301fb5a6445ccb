package mlops.emulator.template.language;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mlops.emulator.template.function.Arguments;

/** The functions that make ids of resources from types and names. */
final class ResourceIds {
  private static final String MANAGEMENT_GROUPS =
      "/providers/Microsoft.Management/managementGroups/";

  /** {@code resourceId([subscription], [group], type, name, …)}: the type has a slash. */
  static String inGroup(Arguments a, DeploymentScope target) {
    int type = type(a);
    String subscription = type > 1 ? a.text(type - 2) : target.subscription();
    String group = type > 0 ? a.text(type - 1) : target.group();
    return id(new DeploymentScope(subscription, group).id(), a, type);
  }

  /** {@code subscriptionResourceId([subscription], type, name, …)}. */
  static String inSubscription(Arguments a, DeploymentScope target) {
    int type = type(a);
    return id(new DeploymentScope(type > 0 ? a.text(0) : target.subscription(), "").id(), a, type);
  }

  /** {@code tenantResourceId(type, name, …)}. */
  static String inTenant(Arguments a) {
    return id("", a, type(a));
  }

  /** {@code managementGroupResourceId(group, type, name, …)}. */
  static String inManagementGroup(Arguments a) {
    if (type(a) == 0) {
      throw a.invalid("this is no deployment to a management group");
    }
    return id(MANAGEMENT_GROUPS + a.text(0), a, type(a));
  }

  /** {@code extensionResourceId(id, type, name, …)}. */
  static String extension(Arguments a) {
    return id(a.text(0).replaceAll("/+$", ""), a, 1);
  }

  private static String id(String scope, Arguments a, int type) {
    if (type + 1 >= a.size()) {
      throw a.invalid("the name of the resource is missing");
    }
    String name =
        IntStream.range(type + 1, a.size()).mapToObj(a::text).collect(Collectors.joining("/"));
    return DeploymentScope.resource(scope, a.text(type), name);
  }

  private static int type(Arguments a) {
    for (int i = 0; i < a.size(); i++) {
      if (a.text(i).contains("/")) {
        return i;
      }
    }
    throw a.invalid(
        "none of the arguments is a resource type such as Microsoft.Storage/storageAccounts");
  }

  private ResourceIds() {}
}
