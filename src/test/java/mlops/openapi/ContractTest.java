package mlops.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the embedded Azure holds requests against what Microsoft's documents say. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ContractTest {
  private static final Path BODIES =
      Path.of("src/main/resources/mlops/emulator/contract/bodies.json");
  private static final Path BY_HAND = Path.of("src/test/resources/reference/contract-by-hand.json");

  private static final Path READ = Path.of("src/test/resources/reference/contract-queries.json");

  @TempDir Path folder;

  private Set<String> routes(String methods) {
    return EmbeddedCloud.in(folder).azure().router().routes().stream()
        .map(Object::toString)
        .filter(r -> r.contains(" https://management.azure.com"))
        .map(r -> r.replace("https://management.azure.com", "").split("\\?", 2)[0])
        .map(r -> r.replaceAll("\\{[^}]*}", "{}"))
        .map(r -> r.split(" ", 2)[0] + " " + r.split(" ", 2)[1].toLowerCase(Locale.ROOT))
        .filter(r -> r.matches("(" + methods + ") .*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void bodies_are_held_against_the_documents_as_they_are() throws IOException {
    JsonNode byHand = Json.MAPPER.readTree(Files.readAllBytes(BY_HAND));
    ObjectNode made = new ContractGenerator(OpenApi.load()).make(routes("PUT|PATCH|POST"), byHand);
    if (System.getProperty("golden", "").equals("refresh")) {
      Files.createDirectories(BODIES.resolveSibling("."));
      Files.writeString(BODIES, lines(made));
    }
    assertEquals(made, Json.MAPPER.readTree(Files.readAllBytes(BODIES)));
    assertTrue(made.path("requests").size() > 30, made.path("requests")::toString);
  }

  /**
   * Each documented query parameter is read (with a test elsewhere), refused by name, or ignored
   * for a reason that is written down.
   */
  @Test
  void query_parameters_are_read_or_refused_or_rightly_ignored() throws IOException {
    JsonNode here = Json.MAPPER.readTree(Files.readAllBytes(BODIES.resolveSibling("queries.json")));
    JsonNode read = Json.MAPPER.readTree(Files.readAllBytes(READ));
    ContractGenerator documents = new ContractGenerator(OpenApi.load());
    Map<String, Set<String>> undecided = new TreeMap<>();
    for (String route : routes("GET|HEAD|PUT|PATCH|POST|DELETE")) {
      Set<String> left = documents.queries(route);
      here.path("notBuilt").path(route).forEach(n -> left.remove(n.asText()));
      here.path("rightlyIgnored").path(route).fieldNames().forEachRemaining(left::remove);
      read.path(route).forEach(n -> left.remove(n.asText()));
      if (!left.isEmpty()) {
        undecided.put(route, left);
      }
    }
    assertEquals(Map.of(), undecided);
  }

  /** One line for each operation and definition, so that differences can be read. */
  private static String lines(ObjectNode document) {
    StringBuilder text = new StringBuilder("{\n\"source\": " + document.get("source"));
    for (String part : new String[] {"requests", "definitions"}) {
      String entries =
          document.path(part).properties().stream()
              .map(e -> "  \"" + e.getKey() + "\": " + e.getValue())
              .collect(Collectors.joining(",\n"));
      text.append(",\n\"").append(part).append("\": {\n").append(entries).append("\n}");
    }
    return text.append("\n}\n").toString();
  }
}
