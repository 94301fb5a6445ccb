package mlops.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
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
