package mlops.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;

/** What an embedded Azure holds, without ids and times that differ from state to state. */
final class StateShape {
  /** Whom local exec makes, that programs can log in. */
  private static final String LOCAL_USER = "mlops local user";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Map<String, Set<String>>> resources = new TreeMap<>();

  StateShape(Path folder) {
    EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults())
        .state()
        .walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION)
        .forEach(this::add);
    files(folder.resolve("directory"));
    files(folder.resolve("github/repositories"));
  }

  /** What the directory and GitHub hold, by where it lies. */
  private void files(Path folder) {
    if (!Files.exists(folder)) {
      return; // nobody has asked for it yet
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        String id = folder.resolveSibling("").relativize(file).toString();
        JsonNode document = JSON.readTree(file.toFile());
        if (!document.path("displayName").asText().equals(LOCAL_USER)
            && !id.startsWith("directory/secrets/")) {
          add(id, document);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(JsonNode resource) {
    String id = resource.path("id").asText();
    if (id.isEmpty() || id.contains("/Microsoft.Resources/deployments/")) {
      return; // runs, which their jobs show, and the templates of az
    }
    add(id, resource);
  }

  private void add(String id, JsonNode resource) {
    leaves("", resource, resources.computeIfAbsent(plain(id), i -> new TreeMap<>()));
  }

  private static void leaves(String at, JsonNode node, Map<String, Set<String>> values) {
    if (node.isContainerNode() && !node.isEmpty()) {
      node.properties().forEach(e -> leaves(at + "/" + plain(e.getKey()), e.getValue(), values));
      for (int i = 0; node.isArray() && i < node.size(); i++) {
        leaves(at + "/" + i, node.get(i), values);
      }
    } else {
      if (!at.startsWith("/systemData/")) {
        values.computeIfAbsent(at, a -> new TreeSet<>()).add(plain(node.asText()));
      }
    }
  }

  private static String plain(String text) {
    return text.replaceAll("[0-9a-f]{8}-[0-9a-f]-[0-9a-f-]{36}", "{container}")
        .replaceAll("0x8[0-9A-F]{14}", "{etag}")
        .replaceAll("mlmlopsdlog(s|alyti)", "mlmlopsdlogs")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "{guid}")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+(Z|\\+00:00)", "{time}")
        .replaceAll("[0-9a-f]{8,}", "{hex}")
        .replaceAll(
            "\\b[a-z]+_[a-z]+_[a-z0-9]{10}\\b|taxi-fare-training-demo-mlops-\\{hex}", "{job}");
  }

  /** A line for each thing that only one of them has, or has otherwise: sorted, each once. */
  Set<String> differences(StateShape other) {
    Set<String> lines = new TreeSet<>();
    Set<String> ids = new TreeSet<>(resources.keySet());
    ids.addAll(other.resources.keySet());
    for (String id : ids) {
      Map<String, Set<String>> here = resources.get(id);
      Map<String, Set<String>> there = other.resources.get(id);
      if (here == null || there == null) {
        lines.add((there == null ? "- " : "+ ") + id);
        continue;
      }
      Set<String> pointers = new TreeSet<>(here.keySet());
      pointers.addAll(there.keySet());
      for (String pointer : pointers) {
        if (!String.valueOf(here.get(pointer)).equals(String.valueOf(there.get(pointer)))) {
          lines.add("~ " + id + pointer + ": " + here.get(pointer) + " " + there.get(pointer));
        }
      }
    }
    return lines;
  }
}
