package mlops.emulator.arm.resource;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;

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
      requireNoWord(resource.group(2));
    }
  }

  /**
   * A name is no reserved word, holds none of those that may be no part of one either, and does not
   * begin with {@code login}.
   */
  private static void requireNoWord(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (WHOLE.contains(lower)
        || lower.contains("microsoft")
        || lower.contains("windows")
        || lower.startsWith("login")) {
      throw ApiException.badRequest(
          "ReservedResourceName",
          "The resource name '%s' or a part of the name is a trademarked or reserved word."
              .formatted(name));
    }
  }
}
