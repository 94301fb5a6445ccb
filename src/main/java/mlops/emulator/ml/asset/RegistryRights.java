package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mlops.emulator.arm.role.RoleBasedAccess;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Request;
import mlops.emulator.ml.resource.MlErrors;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.RegistryIds;

/**
 * What Azure asks of whoever names assets of registries in a job or a deployment: that he may read
 * the registry himself, and that it is in the region of the workspace.
 */
public final class RegistryRights {
  private static final List<String> NEEDED =
      List.of(RegistryIds.TYPE + "/read", RegistryIds.TYPE + "/assets/read");

  /** How many components inside each other are looked at. */
  private static final int DEEPEST = 10;

  private final MlResources resources;
  private final RoleBasedAccess access;
  private final AssetReferences references;

  public RegistryRights(MlResources resources, RoleBasedAccess access, AssetReferences references) {
    this.resources = resources;
    this.access = access;
    this.references = references;
  }

  /**
   * Asks that a caller may use all that is named in a body, and in the components that it names.
   *
   * @param workspace its ARM id
   * @throws ApiException 401 where he may not read a registry, 400 where it is in other regions
   */
  public void require(Caller caller, String workspace, JsonNode body) {
    Set<String> registries = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    collect(workspace, body, registries, 0);
    for (String name : registries) {
      RegistryIds.names(resources.state())
          .find(name)
          .flatMap(resources::read)
          .ifPresent(registry -> require(caller, workspace, registry));
    }
  }

  private void require(Caller caller, String workspace, ObjectNode registry) {
    String id = registry.path("id").asText();
    for (String action : NEEDED) {
      if (!access.allowsByNow(caller.objectId(), action, id)) {
        throw RegistryIds.notAllowed(registry.path("name").asText());
      }
    }
    String region = resources.arm().find(workspace).path("location").asText();
    List<String> regions = new ArrayList<>();
    registry.at("/properties/regionDetails").forEach(r -> regions.add(r.path("location").asText()));
    if (!regions.contains(region)) {
      throw MlErrors.userError(
          400,
          "Workspace region %s not supported by the registry %s. Its regions are: %s."
              .formatted(region, registry.path("name").asText(), String.join(", ", regions)));
    }
  }

  private void collect(String workspace, JsonNode node, Set<String> registries, int depth) {
    if (node.isTextual()) {
      RegistryIds.nameIn(node.asText()).ifPresent(registries::add);
    }
    node.properties()
        .forEach(
            field -> {
              collect(workspace, field.getValue(), registries, depth);
              if (isComponent(field.getKey(), field.getValue()) && depth < DEEPEST) {
                references
                    .find(workspace, AssetType.COMPONENTS, field.getValue().asText())
                    .map(c -> c.at("/properties/componentSpec"))
                    .ifPresent(spec -> collect(workspace, spec, registries, depth + 1));
              }
            });
    if (node.isArray()) {
      node.forEach(element -> collect(workspace, element, registries, depth));
    }
  }

  private static boolean isComponent(String name, JsonNode value) {
    boolean component = name.equals("componentId") || name.equals("component");
    return value.isTextual()
        && (component || (name.equals("assetId") && value.asText().contains("/components/")));
  }

  /** The same of a request to a workspace. */
  public void require(Request request, JsonNode body) {
    require(request.caller(), MlPaths.workspaceId(request), body);
  }
}
