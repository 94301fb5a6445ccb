package mlops.profile;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import mlops.profile.Profile.GitHubEnvironment;
import mlops.profile.Profile.Stages;
import mlops.yaml.YamlNode;

/** Reads {@code github}: what the environments are called in a repository, and who may deploy. */
record GitHubSection(Optional<YamlNode> section) {

  /** The environments of the repository by those of the profile; the guide's names by default. */
  static Map<String, GitHubEnvironment> environments(Optional<YamlNode> section, Stages stages) {
    List<String> names = stages.names();
    section.ifPresent(map -> map.allow(names));
    GitHubSection gitHub = new GitHubSection(section);
    Map<String, GitHubEnvironment> environments = new LinkedHashMap<>();
    names.forEach(name -> environments.put(name, gitHub.environment(name)));
    gitHub.reportShared(environments);
    return Map.copyOf(environments);
  }

  private GitHubEnvironment environment(String name) {
    Optional<YamlNode> map = section.flatMap(s -> s.map(name));
    map.ifPresent(m -> m.allow("name", "branches", "reviewers"));
    return new GitHubEnvironment(
        map.flatMap(m -> m.at("name"))
            .flatMap(node -> checked(node, NameRule.GITHUB_ENVIRONMENT))
            .orElseGet(() -> capitalized(name)),
        texts(map, "branches", NameRule.BRANCH),
        texts(map, "reviewers", NameRule.REVIEWER));
  }

  /** {@code Dev} for {@code dev}, as the guide calls its environments. */
  private static String capitalized(String name) {
    return name.isEmpty()
        ? name
        : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  private static List<String> texts(Optional<YamlNode> map, String key, NameRule rule) {
    return map.map(m -> m.list(key)).orElse(List.of()).stream()
        .flatMap(node -> checked(node, rule).stream())
        .toList();
  }

  private static Optional<String> checked(YamlNode node, NameRule rule) {
    Optional<String> text = node.asText();
    text.flatMap(rule::broken)
        .ifPresent(
            why ->
                node.mistake("%s is \"%s\", which %s".formatted(node.name(), text.get(), why), ""));
    return text.filter(t -> rule.broken(t).isEmpty());
  }

  /** Names of GitHub's environments differ by more than capitals. */
  private void reportShared(Map<String, GitHubEnvironment> environments) {
    Map<String, String> owners = new LinkedHashMap<>();
    environments.forEach(
        (name, environment) -> {
          String owner = owners.putIfAbsent(environment.name().toLowerCase(Locale.ROOT), name);
          if (owner != null) {
            section
                .orElseThrow()
                .mistakeAt(
                    name,
                    "GitHub's environment of %s is that of %s too".formatted(name, owner),
                    "give each its own name");
          }
        });
  }
}
