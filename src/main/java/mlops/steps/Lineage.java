package mlops.steps;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a model comes from, as the tags and properties of its version say. It travels with the
 * model from dev to test to prod.
 *
 * @param workspace the workspace that it was trained in
 * @param version its version there
 * @param job the job that trained it
 * @param commit the git commit of the code, or {@code none}
 * @param dirty whether files differed from the commit: {@code true}, {@code false} or {@code
 *     unknown}
 * @param content the hash of everything that was submitted: code, data and parameters
 * @param gate {@code passed}, or how else it came through
 * @param metrics what the gate measured, by name
 * @param manifest the SHA-256 of each of its files
 */
public record Lineage(
    String workspace,
    String version,
    String job,
    String commit,
    String dirty,
    String content,
    String gate,
    Map<String, String> metrics,
    Manifest manifest) {
  private static final String METRIC = "metric.";
  private static final String MANIFEST = "mlops.manifest";

  public Lineage {
    metrics = Map.copyOf(metrics);
  }

  /** Reads the lineage of a model version; what it does not say is empty. */
  public static Lineage of(ObjectNode modelVersion) {
    JsonNode tags = modelVersion.path("properties").path("tags");
    JsonNode properties = modelVersion.path("properties").path("properties");
    Map<String, String> metrics = new LinkedHashMap<>();
    tags.fields()
        .forEachRemaining(
            tag -> {
              if (tag.getKey().startsWith(METRIC)) {
                metrics.put(tag.getKey().substring(METRIC.length()), tag.getValue().asText());
              }
            });
    return new Lineage(
        tags.path("source.workspace").asText(),
        tags.path("source.version").asText(),
        tags.path("job").asText(),
        tags.path("git.commit").asText(),
        tags.path("git.dirty").asText(),
        tags.path("content").asText(),
        tags.path("gate").asText(),
        metrics,
        Manifest.parse(properties.path(MANIFEST).asText("{}")));
  }

  /** Writes it into the {@code properties} of a model version. */
  public void putInto(ObjectNode body) {
    ObjectNode tags = body.withObject("/tags");
    tags.put("source.workspace", workspace).put("source.version", version);
    tags.put("job", job).put("git.commit", commit).put("git.dirty", dirty);
    tags.put("content", content).put("gate", gate).put("manifest", manifest.hash());
    metrics.forEach((name, value) -> tags.put(METRIC + name, value));
    body.withObject("/properties").put(MANIFEST, manifest.json());
  }
}
