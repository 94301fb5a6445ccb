package mlops.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mlops.profile.Profile.Stages;
import mlops.yaml.YamlNode;

/**
 * Reads {@code environments}, which stand in the order of promotion: the first is where models are
 * trained, all others are targets.
 */
record StagesSection(ProfileValues values, YamlNode environments) {
  /** Stages of {@code replay}, for which an environment of that name would be taken. */
  private static final Set<String> TAKEN = Set.of("bootstrap", "train", "compare", "report");

  Stages stages() {
    List<String> names = List.copyOf(environments.entries().keySet());
    names.forEach(this::checkName);
    List.of("workspace", "container", "endpoint_name").forEach(this::reportShared);
    if (names.isEmpty()) {
      environments.mistake(
          "environments names none", "the first is where models are trained, such as dev");
      return new Stages(
          new EnvironmentSection(values, "", environments.nothing()).training(), List.of());
    }
    return new Stages(
        section(names.get(0)).training(),
        names.stream().skip(1).map(name -> section(name).target(names.get(0))).toList());
  }

  private EnvironmentSection section(String name) {
    return new EnvironmentSection(values, name, values.section(environments, name));
  }

  private void checkName(String name) {
    NameRule.ENVIRONMENT
        .broken(name)
        .ifPresent(
            why ->
                environments.mistakeAt(
                    name, "the environment is called \"%s\", which %s".formatted(name, why), ""));
    if (TAKEN.contains(name)) {
      environments.mistakeAt(
          name,
          "an environment cannot be called %s, as a stage of mlops replay is".formatted(name),
          "give it another name");
    }
  }

  /** Some names are an environment's own: two workspaces cannot be one. */
  private void reportShared(String key) {
    Map<String, String> owners = new HashMap<>();
    environments
        .entries()
        .forEach(
            (name, map) ->
                map.at(key)
                    .filter(YamlNode::isScalar)
                    .ifPresent(node -> reportShared(owners, name, node)));
  }

  private static void reportShared(Map<String, String> owners, String name, YamlNode node) {
    String owner = owners.putIfAbsent(node.asText().orElse(""), name);
    if (owner != null) {
      node.mistake("%s is that of %s too".formatted(node.name(), owner), "give each its own");
    }
  }
}
