package mlops.operations;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mlops.emulator.http.Json;

/**
 * Why operations are not built, as {@code operations.json} says it: for each service a reason by
 * the name of an operation, in which {@code *} stands for anything. The longest name that fits
 * counts.
 */
final class OperationReasons {
  static final Path FILE = Path.of("src/test/resources/operations.json");

  private final Map<String, Map<String, String>> byService = new LinkedHashMap<>();
  private final SortedSet<String> unused = new TreeSet<>();

  private OperationReasons() {}

  static OperationReasons read() throws IOException {
    OperationReasons reasons = new OperationReasons();
    for (Map.Entry<String, JsonNode> service :
        Json.MAPPER.readTree(Files.readAllBytes(FILE)).properties()) {
      Map<String, String> listed = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> reason : service.getValue().properties()) {
        listed.put(reason.getKey(), reason.getValue().asText());
        reasons.unused.add(service.getKey() + " " + reason.getKey());
      }
      reasons.byService.put(service.getKey(), listed);
    }
    return reasons;
  }

  /** The reason for an operation that is not built. */
  Optional<String> of(String service, String operation) {
    Map<String, String> listed = byService.getOrDefault(service, Map.of());
    Optional<String> name =
        listed.keySet().stream()
            .filter(key -> operation.matches(Pattern.quote(key).replace("*", "\\E.*\\Q")))
            .max(Comparator.comparing(String::length));
    name.ifPresent(key -> unused.remove(service + " " + key));
    return name.map(listed::get);
  }

  /** Those that no operation has asked for. */
  SortedSet<String> unused() {
    return unused;
  }
}
