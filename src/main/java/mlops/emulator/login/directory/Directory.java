package mlops.emulator.login.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;

/**
 * The objects of the tenant: users, groups and service principals (managed identities among them),
 * as the documents {@code /directory/objects/{id}} in the words of Microsoft Graph.
 */
public final class Directory {
  public static final String OBJECTS = "/directory/objects";
  private static final String GROUP = "Group";

  private final StateTree state;

  public Directory(StateTree state) {
    this.state = state;
  }

  public Optional<Principal> find(String objectId) {
    return objectId.isEmpty() ? Optional.empty() : object(objectId).map(Directory::principal);
  }

  /** A user, group or service principal as Graph shows it. */
  public Optional<ObjectNode> object(String objectId) {
    return state.read(OBJECTS + "/" + objectId);
  }

  public List<ObjectNode> objects() {
    return state.list(OBJECTS);
  }

  /** Adds or replaces an object; {@code object} has its {@code id} and {@code @odata.type}. */
  public void put(ObjectNode object) {
    state.write(OBJECTS + "/" + object.path("id").asText(), object);
  }

  public void remove(String objectId) {
    state.delete(OBJECTS + "/" + objectId);
  }

  /**
   * The service principal that stands for the managed identity of a resource, made where there is
   * none; inside {@code exclusively} and before the resource is written. A process that dies
   * between the two leaves a principal that nobody knows of, which is found here by the id of the
   * resource; the other way round it would leave a resource that can never be given a role.
   */
  public Principal managedIdentity(String name, String armId) {
    return objects().stream()
        .filter(object -> isIdentityOf(object, armId))
        .findFirst()
        .map(Directory::principal)
        .orElseGet(() -> addManagedIdentity(name, armId));
  }

  private static boolean isIdentityOf(ObjectNode object, String armId) {
    for (JsonNode other : object.path("alternativeNames")) {
      if (other.asText().equalsIgnoreCase(armId)) {
        return true;
      }
    }
    return false;
  }

  private Principal addManagedIdentity(String name, String armId) {
    String objectId = UUID.randomUUID().toString();
    String appId = UUID.randomUUID().toString();
    ObjectNode object = Json.object();
    object.put("@odata.type", "#microsoft.graph.servicePrincipal").put("id", objectId);
    object.put("appId", appId).put("displayName", name);
    object.put("servicePrincipalType", "ManagedIdentity").put("accountEnabled", true);
    object.putArray("alternativeNames").add("isExplicit=True").add(armId);
    object.putArray("servicePrincipalNames").add(appId);
    put(object);
    return principal(object);
  }

  private static Principal principal(ObjectNode object) {
    String type = object.path("@odata.type").asText();
    boolean user = type.endsWith(".user");
    return new Principal(
        object.path("id").asText(),
        user ? "04b07795-8ddb-461a-bbee-02f9e1bf7b46" : object.path("appId").asText(),
        user ? Caller.USER : type.endsWith(".group") ? GROUP : Caller.SERVICE_PRINCIPAL,
        object.path(user ? "userPrincipalName" : "displayName").asText(),
        object.path("displayName").asText());
  }
}
