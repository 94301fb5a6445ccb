package mlops.emulator.arm.resource;

import java.util.List;
import java.util.Locale;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;

/** What roles and locks can be put on: a subscription, a resource group or a resource. */
public final class ArmScopes {
  private final ArmResources resources;

  public ArmScopes(ArmResources resources) {
    this.resources = resources;
  }

  /** A scope of a path as ARM spells it: {@code resourceGroups} with its capital letter. */
  public static String canonical(String scope) {
    String[] parts = ("/" + scope).replaceAll("/{2,}", "/").split("/");
    if (parts.length > 1 && parts[1].equalsIgnoreCase("subscriptions")) {
      parts[1] = "subscriptions";
    }
    if (parts.length > 3 && parts[3].equalsIgnoreCase("resourceGroups")) {
      parts[3] = "resourceGroups";
    }
    return String.join("/", parts);
  }

  /** The scope that a path begins with, as {@code {*scope}} of its template. */
  public static String of(Request request) {
    return canonical(request.parameter("scope"));
  }

  /** Whether a scope is another, or lies in it. */
  public static boolean contains(String above, String scope) {
    String lower = above.toLowerCase(Locale.ROOT);
    return (scope + "/").toLowerCase(Locale.ROOT).startsWith(lower + "/");
  }

  /**
   * Asks that a scope exists: its subscription, group and resource. What is inside a resource, such
   * as a blob container, is not looked for.
   *
   * @throws ApiException 404
   */
  public void require(String scope) {
    List<String> parts = List.of(scope.split("/"));
    if (parts.size() < 3 || !parts.get(1).equals("subscriptions")) {
      throw ApiException.badRequest(
          "InvalidScope", "The scope '%s' is not valid.".formatted(scope));
    }
    if (!resources.state().exists(String.join("/", parts.subList(0, 3)))) {
      throw ApiException.notFound(
          "SubscriptionNotFound",
          "The subscription '%s' could not be found.".formatted(parts.get(2)));
    }
    resources.requireGroup(scope);
    if (parts.size() >= 9 && parts.get(5).toLowerCase(Locale.ROOT).equals("providers")) {
      resources.find(String.join("/", parts.subList(0, 9)));
    }
  }
}
