package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Permission;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.token.Audiences;

/** Names that Resource Manager gives to no resource: trademarks, and words of its own. */
public final class ReservedWords {
  private static final Set<String> WHOLE =
      Set.of(
          "access",
          "app_code",
          "app_themes",
          "app_data",
          "app_globalresources",
          "app_localresources",
          "app_webreferences",
          "app_browsers",
          "azure",
          "bing",
          "bizspark",
          "biztalk",
          "cortana",
          "directx",
          "dotnet",
          "dynamics",
          "excel",
          "exchange",
          "forefront",
          "groove",
          "hololens",
          "hyperv",
          "kinect",
          "lync",
          "msdn",
          "o365",
          "office",
          "office365",
          "onedrive",
          "onenote",
          "outlook",
          "powerpoint",
          "sharepoint",
          "skype",
          "visio",
          "visualstudio",
          "web.config",
          "xbox");

  private static final Pattern RESOURCE =
      Pattern.compile(
          "/subscriptions/[^/]+/resourceGroups/[^/]+/providers/([^/]+/[^/]+)/([^/]+)/?",
          Pattern.CASE_INSENSITIVE);

  private final ProviderCatalog catalog;

  public ReservedWords(ProviderCatalog catalog) {
    this.catalog = catalog;
  }

  /** Whether a name is free to be given, for all who are signed in. */
  public List<Route> routes() {
    return List.of(
        Route.of(
            "POST",
            Route.ARM,
            "/providers/Microsoft.Resources/checkResourceName",
            Permission.signedIn(Audiences.ARM),
            ReservedWords::check));
  }

  private static Response check(Request request) {
    ObjectNode asked = request.json();
    ObjectNode answer = Json.object().put("name", asked.path("name").asText());
    answer.put("type", asked.path("type").asText());
    answer.put("status", isReserved(asked.path("name").asText()) ? "Reserved" : "Allowed");
    return Response.json(200, answer);
  }

  /**
   * Asks that a path gives no such name to a resource of a group. Deployments and what lies inside
   * of resources may be called as they like.
   *
   * @throws ApiException 400 ReservedResourceName
   */
  public void requireNone(String path) {
    Matcher resource = RESOURCE.matcher(path);
    if (resource.matches()
        && catalog.trackedTypes().stream().anyMatch(resource.group(1)::equalsIgnoreCase)) {
      String name = resource.group(2);
      if (isReserved(name)) {
        throw ApiException.badRequest(
            "ReservedResourceName",
            "The resource name '%s' or a part of the name is a trademarked or reserved word."
                .formatted(name));
      }
    }
  }

  /** Whether a name is a reserved word, holds one of a trademark, or begins as a login does. */
  private static boolean isReserved(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return WHOLE.contains(lower)
        || lower.contains("microsoft")
        || lower.contains("windows")
        || lower.startsWith("login");
  }
}
