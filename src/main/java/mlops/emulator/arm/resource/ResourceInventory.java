package mlops.emulator.arm.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import mlops.emulator.state.Folders;
import mlops.emulator.state.StateTree;

/** All resources of groups and subscriptions, whatever their type. */
public final class ResourceInventory {
  private static final String CONTAINERS = "/blobServices/default/containers";

  private final StateTree state;
  private final ProviderCatalog catalog;

  public ResourceInventory(StateTree state, ProviderCatalog catalog) {
    this.state = state;
    this.catalog = catalog;
  }

  /** The resources of a group, without those inside others such as computes. */
  public List<ObjectNode> inGroup(String groupId) {
    List<ObjectNode> found = new ArrayList<>();
    for (String type : catalog.trackedTypes()) {
      found.addAll(state.list(groupId + "/providers/" + type));
    }
    return found;
  }

  public List<ObjectNode> inSubscription(String subscriptionId) {
    return state.list(subscriptionId + "/resourceGroups").stream()
        .flatMap(group -> inGroup(id(group)).stream())
        .toList();
  }

  /** The groups, resources and blob containers below a scope: what roles can be given on. */
  public List<String> scopesBelow(String scope) {
    List<String> scopes = new ArrayList<>();
    int depth = scope.split("/").length;
    if (depth == 3) {
      for (ObjectNode group : state.list(scope + "/resourceGroups")) {
        scopes.add(id(group));
        scopes.addAll(scopesBelow(id(group)));
      }
    } else if (depth == 5) {
      for (ObjectNode resource : inGroup(scope)) {
        scopes.add(id(resource));
        scopes.addAll(containers(id(resource)));
      }
    } else if (depth == 9) {
      scopes.addAll(containers(scope));
    }
    return scopes;
  }

  private List<String> containers(String account) {
    try {
      return Folders.list(state.directory(account + CONTAINERS)).stream()
          .filter(Files::isDirectory)
          .map(f -> account + CONTAINERS + "/" + f.getFileName())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String id(JsonNode resource) {
    return resource.path("id").asText();
  }
}
