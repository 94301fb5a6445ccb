package mlops.emulator.arm.resource;

/**
 * A resource type whose resources lie in resource groups: its paths and its actions.
 *
 * @param name such as {@code Microsoft.Storage/storageAccounts}
 */
public record TrackedType(String name) {
  public static final String GROUP = "/subscriptions/{subscription}/resourceGroups/{group}";

  /** The template of one resource. */
  public String path() {
    return inGroup() + "/{name}";
  }

  public String inGroup() {
    return GROUP + "/providers/" + name;
  }

  public String inSubscription() {
    return "/subscriptions/{subscription}/providers/" + name;
  }

  public String read() {
    return name + "/read";
  }

  public String write() {
    return name + "/write";
  }

  public String delete() {
    return name + "/delete";
  }

  /** An action such as {@code listKeys}. */
  public String action(String action) {
    return name + "/" + action + "/action";
  }
}
