package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import mlops.azure.Azure;

/** Lists of Microsoft Graph, with all their pages. */
final class Graph {
  static final String URL = "https://graph.microsoft.com/v1.0";

  static List<JsonNode> list(Azure azure, String path) {
    List<JsonNode> all = new ArrayList<>();
    String next = URL + path;
    while (!next.isEmpty()) {
      JsonNode page = azure.graph().get(next);
      page.path("value").forEach(all::add);
      next = page.path("@odata.nextLink").asText();
    }
    return all;
  }

  private Graph() {}
}
