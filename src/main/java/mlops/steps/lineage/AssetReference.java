package mlops.steps.lineage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.azure.Azure;
import mlops.azure.ml.Registry;
import mlops.azure.ml.RegistryAsset;
import mlops.azure.ml.Workspace;

/**
 * A version of an asset as deployments and jobs name it.
 *
 * @param registry the registry that holds it; a workspace does if empty
 * @param kind the collection, such as {@code models}
 * @param id as it is written there
 */
record AssetReference(
    Optional<String> registry, String kind, String name, String version, String id) {
  private static final String PART = "([A-Za-z0-9][A-Za-z0-9._-]*)";
  private static final Pattern LONG = Pattern.compile(".*/([a-z]+)/" + PART + "/versions/" + PART);
  private static final Pattern SHORT = Pattern.compile("azureml:" + PART + ":" + PART);

  /**
   * What an id names: one of a registry, an ARM id, or {@code azureml:NAME:VERSION}.
   *
   * @param kind what a short one is of
   */
  static Optional<AssetReference> parse(String kind, String id) {
    Matcher whole = LONG.matcher(id);
    Matcher brief = SHORT.matcher(id);
    if (whole.matches() && whole.group(1).equals(kind)) {
      Optional<String> registry = RegistryAsset.parse(id).map(RegistryAsset::registry);
      return Optional.of(new AssetReference(registry, kind, whole.group(2), whole.group(3), id));
    }
    return brief.matches()
        ? Optional.of(
            new AssetReference(Optional.empty(), kind, brief.group(1), brief.group(2), id))
        : Optional.empty();
  }

  /** A version of a model in a registry; empty where the name cannot be that of one. */
  static Optional<AssetReference> ofRegistry(String registry, String name, String version) {
    return parse("models", new RegistryAsset(registry, "models", name, version).id());
  }

  /** Asks for it, in its registry or in a workspace. */
  Fetched<ObjectNode> fetch(Azure azure, String group, Workspace workspace) {
    return Fetched.of(
        azure,
        () ->
            registry
                .map(named -> new Registry(azure, group, named).version(kind, name, version))
                .orElseGet(
                    () -> workspace.find("%s/%s/versions/%s".formatted(kind, name, version))));
  }

  /** In the user's words. */
  String words() {
    String of = registry.map(named -> " of registry " + named).orElse("");
    return "%s version %s%s".formatted(name, version, of);
  }
}
