package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model comes from, as the tags and properties of its version say. It travels with the
 * model from dev to test to prod.
 *
 * @param trained where it was registered first
 * @param job the job that trained it
 * @param content the hash of everything that was submitted: code, data and parameters
 * @param gate {@code passed}, or how else it came through
 * @param metrics what the gate measured, by name
 * @param data where the data of each input of the job is, by the name of the input
 * @param manifest the SHA-256 of each of its files
 */
public record Lineage(
    TrainedAs trained,
    String job,
    Commit commit,
    String content,
    String gate,
    Map<String, String> metrics,
    Map<String, String> data,
    Manifest manifest) {
  private static final String METRIC = "metric.";
  private static final String DATA = "data.";
  private static final String MANIFEST = "mlops.manifest";

  /** The workspace that it was trained in, and its version there. */
  public record TrainedAs(String workspace, String version) {}

  /**
   * The git commit of the code.
   *
   * @param hash in full, or {@code none}
   * @param dirty whether files differed from it: {@code true}, {@code false} or {@code unknown}
   */
  public record Commit(String hash, String dirty) {}

  public Lineage {
    metrics = Map.copyOf(metrics);
    data = Map.copyOf(data);
  }

  /** Reads the lineage of a model version; what it does not say is empty. */
  public static Lineage of(ObjectNode modelVersion) {
    JsonNode tags = modelVersion.path("properties").path("tags");
    JsonNode properties = modelVersion.path("properties").path("properties");
    return new Lineage(
        new TrainedAs(tags.path("source.workspace").asText(), tags.path("source.version").asText()),
        tags.path("job").asText(),
        new Commit(tags.path("git.commit").asText(), tags.path("git.dirty").asText()),
        tags.path("content").asText(),
        tags.path("gate").asText(),
        startingWith(METRIC, tags),
        startingWith(DATA, tags),
        Manifest.parse(properties.path(MANIFEST).asText("{}")));
  }

  /** The tags that start so, without that. */
  private static Map<String, String> startingWith(String start, JsonNode tags) {
    Map<String, String> found = new LinkedHashMap<>();
    tags.properties()
        .forEach(
            tag -> {
              if (tag.getKey().startsWith(start)) {
                found.put(tag.getKey().substring(start.length()), tag.getValue().asText());
              }
            });
    return found;
  }

  /**
   * What an approval is bound to: the first 16 digits of the hash of exactly these files; empty
   * where nobody noted them.
   */
  public String approvalHash() {
    String hash = manifest.hash();
    return hash.substring(0, Math.min(16, hash.length()));
  }

  /** Writes it into the {@code properties} of a model version. */
  public void putInto(ObjectNode body) {
    ObjectNode tags = body.withObject("/tags");
    tags.put("source.workspace", trained.workspace()).put("source.version", trained.version());
    tags.put("job", job).put("git.commit", commit.hash()).put("git.dirty", commit.dirty());
    tags.put("content", content).put("gate", gate).put("manifest", manifest.hash());
    metrics.forEach((name, value) -> tags.put(METRIC + name, value));
    data.forEach((input, place) -> tags.put(DATA + input, place));
    body.withObject("/properties").put(MANIFEST, manifest.json());
  }
}
