package mlops.emulator.ml.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/** Long collections, a page at a time: {@code {"value": […], "nextLink": …}}. */
public final class Pages {
  private static final int SIZE = 100;

  /**
   * The page that {@code $skip} asks for; {@code $top} bounds the whole, {@code count} a page,
   * which lists of features call {@code pageSize}.
   */
  public static Response of(Request request, List<ObjectNode> all) {
    int top = number(request, "$top", Integer.MAX_VALUE);
    int size = Math.max(1, number(request, "count", number(request, "pageSize", SIZE)));
    List<ObjectNode> wanted = all.subList(0, Math.min(top, all.size()));
    int from = Math.min(number(request, "$skip", 0), wanted.size());
    int to = Math.min(from + size, wanted.size());
    ObjectNode page = Json.object();
    page.putArray("value").addAll(wanted.subList(from, to));
    if (to < wanted.size()) {
      page.put("nextLink", request.urlWith("$skip", String.valueOf(to)));
    }
    return Response.json(200, page);
  }

  /**
   * Whether a resource is to be shown: {@code listViewType} is ActiveOnly unless it says so.
   * azure-ai-ml writes it as Python does too: {@code ListViewType.ACTIVE_ONLY}.
   */
  public static boolean shows(Request request, JsonNode resource) {
    boolean archived = resource.path("properties").path("isArchived").asBoolean();
    String view =
        request.queryValue("listViewType").orElse("").replaceFirst("^ListViewType\\.", "");
    return switch (view.replace("_", "").toLowerCase(Locale.ROOT)) {
      case "all" -> true;
      case "archivedonly" -> archived;
      default -> !archived;
    };
  }

  /** Whether {@code $orderBy} asks for the oldest first; without it, the newest is. */
  public static boolean oldestFirst(Request request) {
    String order = request.queryValue("$orderBy").orElse("").strip().toLowerCase(Locale.ROOT);
    if (!order.matches("|createdtime( +(asc|desc))?")) {
      throw ApiException.notImplemented(
          "The embedded Azure orders versions by createdtime only, not by $orderBy=%s."
              .formatted(order));
    }
    return order.endsWith(" asc");
  }

  private static int number(Request request, String name, int otherwise) {
    String text = request.queryValue(name).orElse("");
    try {
      return text.isEmpty() ? otherwise : Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw MlErrors.userError(
          400, "The query parameter %s is not a number: '%s'.".formatted(name, text));
    }
  }

  private Pages() {}
}
