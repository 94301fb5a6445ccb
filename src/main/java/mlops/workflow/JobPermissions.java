package mlops.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.yaml.FilePosition;
import mlops.yaml.YamlNode;

/**
 * What the token of a job may: {@code read}, {@code write} or {@code none} by scope. Where a file
 * names some scopes, all others are none.
 *
 * @param place where they stand
 */
public record JobPermissions(FilePosition place, Map<String, String> levels) {
  private static final String ID_TOKEN = "id-token";
  private static final String WRITE = "write";
  private static final String READ = "read";
  private static final String NONE = "none";
  private static final List<String> SCOPES =
      List.of(
          "actions",
          "artifact-metadata",
          "attestations",
          "checks",
          "contents",
          "deployments",
          "discussions",
          ID_TOKEN,
          "issues",
          "models",
          "packages",
          "pages",
          "pull-requests",
          "security-events",
          "statuses");

  /** Those of a workflow or job, if it has any. */
  static Optional<JobPermissions> of(YamlNode map) {
    return map.at("permissions")
        .flatMap(node -> (node.isMap() ? some(node) : all(node)).map(l -> with(node, l)));
  }

  private static JobPermissions with(YamlNode node, Map<String, String> levels) {
    return new JobPermissions(node.place(), levels);
  }

  private static Optional<Map<String, String>> all(YamlNode node) {
    return node.oneOf(Set.of("read-all", "write-all"))
        .map(
            word -> {
              Map<String, String> levels = new LinkedHashMap<>();
              SCOPES.forEach(s -> levels.put(s, word.replace("-all", "")));
              return levels;
            });
  }

  private static Optional<Map<String, String>> some(YamlNode node) {
    node.allow(SCOPES);
    Map<String, String> levels = new LinkedHashMap<>();
    node.entries()
        .forEach(
            (scope, level) ->
                level
                    .oneOf(scope.equals(ID_TOKEN) ? Set.of(WRITE, NONE) : Set.of(READ, WRITE, NONE))
                    .ifPresent(l -> levels.put(scope, l)));
    return Optional.of(levels);
  }

  /** What a job gets of which nobody says it: GitHub's own restricted default. */
  static JobPermissions usual(FilePosition place) {
    return new JobPermissions(place, Map.of("contents", READ, "packages", READ));
  }

  /** The level of a scope. */
  public String level(String scope) {
    return levels.getOrDefault(scope, NONE);
  }

  /** Whether a job may ask for tokens of OpenID Connect. */
  public boolean hasIdToken() {
    return level(ID_TOKEN).equals(WRITE);
  }
}
