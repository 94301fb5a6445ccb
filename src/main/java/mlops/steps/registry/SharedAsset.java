package mlops.steps.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import mlops.azure.ml.Registry;

/**
 * A version of an asset in a registry that is not archived.
 *
 * @param kind the collection, such as {@code models}
 * @param origin the version of a workspace that it was shared from, or empty
 * @param created an instant in ISO 8601, or empty
 */
public record SharedAsset(String kind, String name, String version, String origin, String created) {
  private static final List<String> KINDS = List.of("models", "environments", "components", "data");

  /** All of them, models first, of each name the newest first. */
  public static List<SharedAsset> all(Registry registry) {
    List<SharedAsset> all = new ArrayList<>();
    for (String kind : KINDS) {
      for (String name : registry.names(kind)) {
        registry.versions(kind, name).forEach(version -> all.add(of(kind, name, version)));
      }
    }
    return all;
  }

  private static SharedAsset of(String kind, String name, ObjectNode version) {
    return new SharedAsset(
        kind,
        name,
        version.path("name").asText(),
        Registry.origin(version),
        version.at("/systemData/createdAt").asText());
  }

  /** Whether a deployment names it. */
  public boolean isNamedBy(RegistryUse use) {
    return use.asset().kind().equals(kind)
        && use.asset().name().equals(name)
        && use.asset().version().equals(version);
  }
}
