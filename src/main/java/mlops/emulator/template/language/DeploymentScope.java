package mlops.emulator.template.language;

import mlops.emulator.template.function.TemplateErrors;

/**
 * Where a template is deployed.
 *
 * @param group empty for a deployment of a whole subscription
 */
public record DeploymentScope(String subscription, String group) {

  /** The scope that a deployment's id lies in. */
  public static DeploymentScope of(String deploymentId) {
    String[] parts = deploymentId.split("/");
    boolean group = parts[3].equalsIgnoreCase("resourceGroups");
    return new DeploymentScope(parts[2], group ? parts[4] : "");
  }

  public String id() {
    String root = "/subscriptions/" + subscription;
    return group.isEmpty() ? root : root + "/resourceGroups/" + group;
  }

  /**
   * The id of a resource by its full type and the names along it, {@code a/b}. A name may be empty:
   * the machine learning client's template names a connection that a condition leaves out so.
   */
  public static String resource(String scope, String type, String name) {
    if (type.equalsIgnoreCase("Microsoft.Resources/resourceGroups")) {
      return scope.split("(?i)/resourceGroups/", 2)[0] + "/resourceGroups/" + name;
    }
    String[] types = type.split("/");
    String[] names = name.split("/", -1);
    if (types.length - 1 != names.length) {
      throw TemplateErrors.template(
          "The type '%s' and the name '%s' do not have the same number of segments"
              .formatted(type, name));
    }
    StringBuilder id = new StringBuilder(scope + "/providers/" + types[0]);
    for (int i = 0; i < names.length; i++) {
      id.append('/').append(types[i + 1]).append('/').append(names[i]);
    }
    return id.toString();
  }
}
