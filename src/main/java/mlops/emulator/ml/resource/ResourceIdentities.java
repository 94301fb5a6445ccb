package mlops.emulator.ml.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.state.StateTree;

/** The managed identities of workspaces, computes and registries. */
public final class ResourceIdentities {
  private final StateTree state;
  private final Directory directory;

  public ResourceIdentities(StateTree state, Directory directory) {
    this.state = state;
    this.directory = directory;
  }

  /**
   * The {@code identity} of a resource as Azure answers it. A system-assigned identity is made
   * where the resource has none yet; user-assigned ones must exist.
   *
   * @throws ApiException 400 FailedIdentityOperation where one does not
   */
  public ObjectNode assign(String id, JsonNode wanted, JsonNode current) {
    String kind = wanted.path("type").asText("None").replace(" ", "");
    ObjectNode identity = Json.object().put("type", kind);
    String lower = kind.toLowerCase(Locale.ROOT);
    if (lower.contains("systemassigned")) {
      String principal = current.path("principalId").asText();
      identity.put("principalId", principal.isEmpty() ? principalOf(id) : principal);
      identity.put("tenantId", tenant(id));
    }
    if (lower.contains("userassigned")) {
      ObjectNode assigned = identity.putObject("userAssignedIdentities");
      wanted
          .path("userAssignedIdentities")
          .fieldNames()
          .forEachRemaining(name -> assigned.set(name, userAssigned(id, name)));
    }
    return identity;
  }

  /**
   * Deletes a resource, then its system-assigned identity: a resource without it could never be
   * given a role.
   */
  public void delete(ObjectNode resource) {
    state.delete(resource.path("id").asText());
    remove(resource);
  }

  /** Takes the system-assigned identity of a resource out of the directory. */
  public void remove(JsonNode resource) {
    String principal = resource.path("identity").path("principalId").asText();
    if (!principal.isEmpty()) {
      directory.remove(principal);
    }
  }

  public String tenant(String id) {
    String subscription = id.split("/")[2];
    return state
        .read("/subscriptions/" + subscription)
        .map(s -> s.path("tenantId").asText())
        .orElse("");
  }

  private String principalOf(String id) {
    return directory.managedIdentity(principalName(id), id).objectId();
  }

  /**
   * The identity of a workspace or a registry has its name, that of a compute {@code
   * workspace/computes/name}.
   */
  private static String principalName(String id) {
    String[] parts = id.split("/", 9);
    return parts[parts.length - 1];
  }

  private ObjectNode userAssigned(String resource, String identityId) {
    JsonNode properties =
        state.read(identityId).map(i -> i.path("properties")).orElse(Json.object());
    if (!properties.has("principalId")) {
      throw ApiException.badRequest(
          "FailedIdentityOperation",
          "Identity operation for resource '%s' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '{\"error\":{\"code\":\"BadRequest\",\"message\":\"Resource '%s' was not found.\"}}'.'."
              .formatted(resource, identityId));
    }
    return Json.object()
        .put("principalId", properties.path("principalId").asText())
        .put("clientId", properties.path("clientId").asText());
  }
}
