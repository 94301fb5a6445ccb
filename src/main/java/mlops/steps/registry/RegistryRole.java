package mlops.steps.registry;

import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mlops.azure.Azure;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.Workspace;
import mlops.profile.Profile;

/**
 * A role that counts on a registry.
 *
 * @param role its name, such as {@code AzureML Registry User}
 * @param principal who holds it: a name where the profile or the token has one, else the object id
 * @param principalType such as {@code User}
 * @param scope the ARM id on which it is given: that of the registry, or above
 */
public record RegistryRole(String role, String principal, String principalType, String scope) {
  private static final String API_VERSION = "2022-04-01";
  private static final String IDENTITIES = "Microsoft.ManagedIdentity/userAssignedIdentities";
  private static final String IDENTITIES_VERSION = "2023-01-31";

  /** The roles on a registry, and those above it that reach it. */
  public static List<RegistryRole> of(Azure azure, Profile profile, String registry) {
    Map<String, String> names = new HashMap<>();
    Map<String, String> known = known(azure, profile);
    return azure
        .roleAssignments()
        .listForScope(registry, "atScope()", null, null, Context.NONE)
        .stream()
        .map(
            given ->
                new RegistryRole(
                    names.computeIfAbsent(given.roleDefinitionId(), id -> name(azure, id)),
                    known.getOrDefault(given.principalId(), given.principalId()),
                    String.valueOf(given.principalType()),
                    given.scope()))
        .toList();
  }

  /** Who asks, the identity of the clusters, and the workspaces, by their object ids. */
  private static Map<String, String> known(Azure azure, Profile profile) {
    Map<String, String> known = new HashMap<>();
    known.put(azure.signedIn().objectId(), azure.signedIn().name());
    String group = profile.resourceGroups().ml();
    String identity = ArmIds.resource(azure, group, IDENTITIES, profile.identity());
    azure
        .arm()
        .find(identity, IDENTITIES_VERSION)
        .ifPresent(
            found ->
                known.put(
                    found.at("/properties/principalId").asText(),
                    "identity " + profile.identity()));
    for (Profile.Environment environment : profile.environments()) {
      new Workspace(azure, group, environment.workspace())
          .find()
          .map(found -> found.at("/identity/principalId").asText())
          .filter(id -> !id.isEmpty())
          .ifPresent(id -> known.put(id, "workspace " + environment.workspace()));
    }
    return known;
  }

  private static String name(Azure azure, String definition) {
    return azure
        .arm()
        .find(definition, API_VERSION)
        .map((ObjectNode found) -> found.at("/properties/roleName").asText())
        .orElse(definition.substring(definition.lastIndexOf('/') + 1));
  }
}
