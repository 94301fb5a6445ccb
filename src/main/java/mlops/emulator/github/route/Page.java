package mlops.emulator.github.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/**
 * A list of GitHub, a page at a time: {@code per_page} and {@code page}, {@code Link} to others.
 */
public final class Page {
  private static final int USUAL = 30;
  private static final int MOST = 100;

  /**
   * One page.
   *
   * @param name of the member that holds the list
   */
  public static Response of(Request request, String name, List<? extends JsonNode> all) {
    int size = Math.min(MOST, number(request, "per_page", USUAL));
    int page = number(request, "page", 1);
    int last = Math.max(1, (all.size() + size - 1) / size);
    ObjectNode body = Json.object().put("total_count", all.size());
    ArrayNode list = body.putArray(name);
    all.stream().skip((long) (page - 1) * size).limit(size).forEach(list::add);
    Response response = Response.json(200, body);
    Map<String, Integer> links = new LinkedHashMap<>();
    if (page > 1) {
      links.put("prev", page - 1);
      links.put("first", 1);
    }
    if (page < last) {
      links.put("next", page + 1);
      links.put("last", last);
    }
    return links.isEmpty() ? response : response.with("Link", written(request, links));
  }

  private static String written(Request request, Map<String, Integer> links) {
    return links.entrySet().stream()
        .map(
            l ->
                "<%s>; rel=\"%s\""
                    .formatted(request.urlWith("page", String.valueOf(l.getValue())), l.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** What is no number counts as not given, as GitHub takes it. */
  private static int number(Request request, String name, int usual) {
    return request
        .queryValue(name)
        .filter(v -> v.matches("\\d{1,6}"))
        .map(Integer::parseInt)
        .filter(n -> n > 0)
        .orElse(usual);
  }

  private Page() {}
}
