package mlops.assets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that say all that there is to say, beside the requests that azure-ai-ml 1.4.0 made of the
 * same files ({@code wide/*.json}, with HASH for names that it makes up, without what it says of
 * the git checkout, and with {@code disableLocalAuth} and {@code identity_type} as newer clients
 * have them).
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WideTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true)
          .enable(SerializationFeature.INDENT_OUTPUT);
  private static final String GUID =
      "(?!0{8})[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "job pipeline",
        "job command",
        "component component",
        "compute compute",
        "environment environment",
        "datastore datastore",
        "datastore datastore-key",
        "datastore datastore-sas",
        "data data",
        "data data-file",
        "model model",
        "batch_endpoint endpoint",
        "batch_deployment deployment"
      })
  void a_wide_file_becomes_what_the_real_client_makes_of_it(String test) throws IOException {
    String[] words = test.split(" ");
    Path file = TestFiles.resource("wide/%s.yml".formatted(words[1]));
    AssetRequests translation = translate(words[0], file);
    JsonNode captured =
        JSON.readTree(Files.readString(TestFiles.resource("wide/%s.json".formatted(words[1]))));
    Map<String, JsonNode> expected = new TreeMap<>();
    captured.forEach(r -> put(expected, r.path("path").asText(), r.path("body")));
    Map<String, JsonNode> actual = new TreeMap<>();
    translation.resources().forEach(r -> put(actual, path(r), WireCatalog.sent(r)));
    assertEquals(text(expected), text(actual));
    assertEquals(List.of(), WireSchemas.violations(translation));
  }

  private static AssetRequests translate(String kind, Path file) {
    FixedWorkspace workspace = new FixedWorkspace("ml-mlopsdemo-demo-01");
    if (kind.equals("job")) {
      return JobFile.read(file, FieldOverrides.none()).translate(workspace);
    }
    AssetFileType type = AssetFileType.valueOf(kind.toUpperCase(Locale.ROOT));
    return AssetFile.read(type, file, FieldOverrides.none()).translate(workspace);
  }

  /** Where the file names no version, the client asks Azure for the next, which was 1. */
  private static String path(Resource resource) {
    boolean versioned = List.of("environments", "data", "models").contains(resource.collection());
    return versioned && resource.version().isEmpty()
        ? resource.path() + "/versions/1"
        : resource.path();
  }

  /** Several anonymous resources differ by a hash only: told apart by their content. */
  private static void put(Map<String, JsonNode> map, String path, JsonNode body) {
    try {
      String same = JSON.writeValueAsString(body).replaceAll(GUID, "HASH");
      String plain = path.replaceAll(GUID, "HASH");
      ObjectNode content = (ObjectNode) JSON.readTree(same);
      String key = plain.contains("HASH") ? plain + " " + first(content) : plain;
      map.put(key, content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String first(ObjectNode body) {
    return body.at("/properties/componentSpec/display_name").asText();
  }

  private static String text(Map<String, JsonNode> resources) throws JsonProcessingException {
    return JSON.writeValueAsString(JSON.treeToValue(JSON.valueToTree(resources), Object.class));
  }
}
