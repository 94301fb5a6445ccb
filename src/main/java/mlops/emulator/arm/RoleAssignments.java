package mlops.emulator.arm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import mlops.emulator.state.StateTree;

/**
 * Microsoft.Authorization/roleAssignments: who holds which role where. An assignment is the
 * document {@code {scope}/providers/Microsoft.Authorization/roleAssignments/{name}}.
 */
final class RoleAssignments implements Grants {
  private static final String COLLECTION = "/providers/Microsoft.Authorization/roleAssignments";

  private final StateTree state;
  private final RoleDefinitions definitions;
  private final Duration delay;
  private final Clock clock;

  RoleAssignments(StateTree state, RoleDefinitions definitions, Duration delay, Clock clock) {
    this.state = state;
    this.definitions = definitions;
    this.delay = delay;
    this.clock = clock;
  }

  @Override
  public boolean allowAction(String objectId, String action, String scope) {
    return held(objectId, scope).stream()
        .flatMap(a -> definitions.find(property(a, "roleDefinitionId")).stream())
        .anyMatch(role -> role.allowsAction(action));
  }

  @Override
  public boolean allowData(String objectId, String dataAction, String scope) {
    Predicate<ObjectNode> works =
        a -> !Instant.parse(property(a, "createdOn")).plus(delay).isAfter(clock.instant());
    return held(objectId, scope).stream()
        .filter(works)
        .flatMap(a -> definitions.find(property(a, "roleDefinitionId")).stream())
        .anyMatch(role -> role.allowsData(dataAction));
  }

  /** Makes a principal the owner of a subscription, as the one who opens it is. */
  void addOwner(String scope, String objectId) {
    String name = UUID.nameUUIDFromBytes((scope + objectId).getBytes(UTF_8)).toString();
    String owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    String now = clock.instant().toString();
    ObjectNode assignment =
        ArmResources.envelope(
            scope + COLLECTION + "/" + name, "Microsoft.Authorization/roleAssignments");
    assignment
        .putObject("properties")
        .put(
            "roleDefinitionId",
            scope + "/providers/Microsoft.Authorization/roleDefinitions/" + owner)
        .put("principalId", objectId)
        .put("principalType", "User")
        .put("scope", scope)
        .put("createdOn", now)
        .put("updatedOn", now);
    state.write(scope + COLLECTION + "/" + name, assignment);
  }

  /** The assignments of a principal at the scope and at each scope above it. */
  private List<ObjectNode> held(String objectId, String scope) {
    List<ObjectNode> held = new ArrayList<>();
    String at = scope;
    while (true) {
      for (ObjectNode assignment : state.list(at + COLLECTION)) {
        if (property(assignment, "principalId").equalsIgnoreCase(objectId)) {
          held.add(assignment);
        }
      }
      if (at.isEmpty()) {
        return held;
      }
      at = at.substring(0, Math.max(at.lastIndexOf('/'), 0));
    }
  }

  private static String property(JsonNode assignment, String name) {
    return assignment.path("properties").path(name).asText();
  }
}
