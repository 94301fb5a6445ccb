package mlops.steps.registry;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.Lookup;
import mlops.azure.ml.RegistryAsset;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;

/**
 * A deployment in a workspace of the profile that names an asset of a registry.
 *
 * @param environment what the user calls the workspace
 * @param serves whether the endpoint sends to it
 * @param asset what it names: its model, or its environment
 */
public record RegistryUse(
    String environment, String endpoint, String deployment, boolean serves, RegistryAsset asset) {
  private static final int NOT_IMPLEMENTED = 501;

  /** All of them in a registry, in the order of promotion. */
  public static List<RegistryUse> of(Azure azure, Profile profile, String registry) {
    List<RegistryUse> found = new ArrayList<>();
    for (Profile.Environment environment : profile.environments()) {
      Workspace workspace =
          new Workspace(azure, profile.resourceGroups().ml(), environment.workspace());
      if (workspace.find().isPresent()) {
        for (String kind : List.of("batchEndpoints", "onlineEndpoints")) {
          endpoints(workspace, kind)
              .forEach(e -> found.addAll(of(environment.name(), workspace, kind, e)));
        }
      }
    }
    return found.stream().filter(u -> u.asset().registry().equalsIgnoreCase(registry)).toList();
  }

  /** The embedded Azure has no online endpoints, and says so. */
  private static List<ObjectNode> endpoints(Workspace workspace, String kind) {
    try {
      return workspace.list(kind, "");
    } catch (HttpResponseException e) {
      if (Lookup.status(e) != NOT_IMPLEMENTED) {
        throw e;
      }
      return List.of();
    }
  }

  private static List<RegistryUse> of(
      String environment, Workspace workspace, String kind, ObjectNode endpoint) {
    String name = endpoint.path("name").asText();
    String serving = endpoint.at("/properties/defaults/deploymentName").asText();
    List<RegistryUse> uses = new ArrayList<>();
    for (ObjectNode deployment : workspace.list("%s/%s/deployments".formatted(kind, name), "")) {
      String called = deployment.path("name").asText();
      boolean serves =
          called.equals(serving) || endpoint.at("/properties/traffic").path(called).asInt() > 0;
      Stream.of("/properties/model/assetId", "/properties/model", "/properties/environmentId")
          .flatMap(at -> RegistryAsset.parse(deployment.at(at).asText()).stream())
          .forEach(asset -> uses.add(new RegistryUse(environment, name, called, serves, asset)));
    }
    return uses;
  }

  /** {@code prod (batch-dp of taxi-endpoint, serves)}. */
  public String words() {
    return "%s (%s of %s%s)".formatted(environment, deployment, endpoint, serves ? ", serves" : "");
  }
}
