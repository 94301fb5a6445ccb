package mlops.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import mlops.file.Hashes;

/**
 * What a folder of files holds: the SHA-256 of each, in lower-case hex, by its path relative to the
 * folder with forward slashes. Travels with a model as JSON.
 */
public record Manifest(Map<String, String> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Manifest {
    files = new TreeMap<>(files);
  }

  /** Reads every file below a folder. */
  public static Manifest of(Path folder) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString().replace('\\', '/'), Hashes.sha256(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the files in " + folder + " cannot be read", e);
    }
    return new Manifest(files);
  }

  /** Reads what {@link #json} wrote; anything else is an empty manifest. */
  public static Manifest parse(String json) {
    Map<String, String> files = new TreeMap<>();
    try {
      JsonNode tree = JSON.readTree(json);
      tree.fields().forEachRemaining(e -> files.put(e.getKey(), e.getValue().asText()));
    } catch (JsonProcessingException e) {
      return new Manifest(Map.of());
    }
    return new Manifest(files);
  }

  public String json() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    files.forEach(tree::put);
    return tree.toString();
  }

  public boolean isEmpty() {
    return files.isEmpty();
  }

  /** One hash for all of it. */
  public String hash() {
    return Hashes.sha256(json());
  }

  /** Where another manifest differs, one phrase a file; empty where nothing does. */
  public List<String> differences(Manifest other) {
    TreeSet<String> names = new TreeSet<>(files.keySet());
    names.addAll(other.files.keySet());
    List<String> found = new ArrayList<>();
    for (String name : names) {
      if (!other.files.containsKey(name)) {
        found.add(name + " is missing");
      } else if (!files.containsKey(name)) {
        found.add(name + " is new");
      } else if (!files.getOrDefault(name, "").equals(other.files.get(name))) {
        found.add(name + " has other content");
      }
    }
    return found;
  }
}
