package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** What {@code mlops drift} finds on a site. */
final class Differences {

  /** By the id of the look what mends it, and how. */
  static Map<String, String> found(Site site) {
    int code = site.run("drift", "-o", "json");
    Map<String, String> found = new TreeMap<>();
    for (JsonNode one : site.mlops().json().at("/result/differences")) {
      found.put(
          one.path("step").asText(),
          one.path("mend").asText() + ": " + one.path("reason").asText());
    }
    assertEquals(found.isEmpty() ? 0 : 4, code, site::said);
    return found;
  }

  private Differences() {}
}
