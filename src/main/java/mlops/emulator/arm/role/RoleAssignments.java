package mlops.emulator.arm.role;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.resource.ResourceInventory;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Response;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.state.StateTree;

/**
 * Microsoft.Authorization/roleAssignments: who holds which role where. An assignment is the
 * document {@code {scope}/providers/Microsoft.Authorization/roleAssignments/{name}}.
 */
public final class RoleAssignments {
  private static final String TYPE = "Microsoft.Authorization/roleAssignments";
  private static final String COLLECTION = "/providers/" + TYPE;
  private static final String OWNER = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";

  private final StateTree state;
  private final ResourceInventory inventory;
  private final RoleDefinitions definitions;
  private final RoleHolders holders;
  private final RoleDelay delay;

  /** When those of this process were made, by the clock of their delay. */
  private final Map<String, Instant> made = new ConcurrentHashMap<>();

  private final Clock clock;

  public RoleAssignments(
      StateTree state,
      ResourceInventory inventory,
      RoleDefinitions definitions,
      RoleHolders holders,
      RoleDelay delay,
      Clock clock) {
    this.state = state;
    this.inventory = inventory;
    this.definitions = definitions;
    this.holders = holders;
    this.delay = delay;
    this.clock = clock;
  }

  /** Whether a role of this principal at the scope, or above it, holds the action. */
  boolean allowAction(String objectId, String action, String scope) {
    return roles(objectId, scope).anyMatch(role -> role.allowsAction(action));
  }

  /** The same for data actions; a fresh assignment may take a moment to work, as on Azure. */
  boolean allowData(String objectId, String dataAction, String scope) {
    return settled(objectId, scope).anyMatch(role -> role.allowsData(dataAction));
  }

  /** Whether an action is held by a role that works by now on a data plane, too. */
  boolean allowByNow(String objectId, String action, String scope) {
    return settled(objectId, scope).anyMatch(role -> role.allowsAction(action));
  }

  /** Who owns the subscription has done so for long. */
  private Stream<RoleDefinition> settled(String objectId, String scope) {
    Predicate<ObjectNode> works =
        a ->
            property(a, "roleDefinitionId").endsWith(OWNER)
                || !made(a).plus(delay.time()).isAfter(delay.clock().instant());
    return held(objectId, scope).filter(works).flatMap(this::definition);
  }

  private Instant made(ObjectNode assignment) {
    Instant here = made.get(assignment.path("id").asText());
    return here == null ? Instant.parse(property(assignment, "createdOn")) : here;
  }

  /** The roles that a principal holds at the scope, or above it; each is read when it is needed. */
  Stream<RoleDefinition> roles(String objectId, String scope) {
    return held(objectId, scope).flatMap(this::definition);
  }

  private Stream<RoleDefinition> definition(ObjectNode assignment) {
    return definitions.find(property(assignment, "roleDefinitionId")).stream();
  }

  /** Makes a principal the owner of a subscription, as the one who opens it is. */
  public void addOwner(String scope, String objectId) {
    String name = UUID.nameUUIDFromBytes((scope + objectId).getBytes(UTF_8)).toString();
    Principal owner = new Principal(objectId, "", Caller.USER, "", "");
    String role = scope + "/providers/Microsoft.Authorization/roleDefinitions/" + OWNER;
    state.write(id(scope, name), assignment(objectId, scope, name, role, owner));
  }

  /** Gives a role (by GUID) to a managed identity; a second time changes nothing. */
  public void grant(String scope, String role, String objectId) {
    String key = scope + role + objectId;
    String name = UUID.nameUUIDFromBytes(key.getBytes(UTF_8)).toString();
    Principal identity = new Principal(objectId, "", Caller.SERVICE_PRINCIPAL, "", "");
    if (!state.exists(id(scope, name))) {
      state.write(id(scope, name), assignment(objectId, scope, name, role(role, scope), identity));
    }
  }

  /**
   * The canonical id of a role definition.
   *
   * @throws ApiException 404 RoleDefinitionDoesNotExist
   */
  String role(String definitionId, String scope) {
    return definitions.at(scope, definitionId).id(scope);
  }

  /**
   * Gives a role. The same assignment under the same name again is done already.
   *
   * @throws ApiException 409 RoleAssignmentExists under another name, 400
   *     RoleAssignmentUpdateNotPermitted where the name stands for another assignment
   */
  Response create(
      Caller caller,
      String scope,
      String name,
      String role,
      Principal principal,
      ObjectNode properties) {
    ObjectNode wanted = assignment(caller.objectId(), scope, name, role, principal);
    for (String kept : List.of("condition", "conditionVersion", "description")) {
      wanted.withObject("/properties").set(kept, properties.get(kept));
    }
    return state.exclusively(
        () -> {
          Optional<ObjectNode> there = existing(wanted, scope);
          if (there.isEmpty()) {
            made.put(wanted.path("id").asText(), delay.clock().instant());
            state.write(id(scope, name), wanted);
          }
          return Response.json(there.isEmpty() ? 201 : 200, there.orElse(wanted));
        });
  }

  private Optional<ObjectNode> existing(ObjectNode wanted, String scope) {
    String name = wanted.path("name").asText();
    for (ObjectNode other : state.list(scope + COLLECTION)) {
      boolean named = other.path("name").asText().equalsIgnoreCase(name);
      boolean same = same(wanted, other);
      if (named && same) {
        return Optional.of(other);
      }
      if (named) {
        throw ApiException.badRequest(
            "RoleAssignmentUpdateNotPermitted",
            "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.");
      }
      if (same) {
        throw new ApiException(
            409,
            "RoleAssignmentExists",
            "The role assignment already exists. The ID of the existing role assignment is %s."
                .formatted(other.path("name").asText().replace("-", "")));
      }
    }
    return Optional.empty();
  }

  private static boolean same(ObjectNode one, ObjectNode other) {
    return property(one, "roleDefinitionId").equalsIgnoreCase(property(other, "roleDefinitionId"))
        && property(one, "principalId").equalsIgnoreCase(property(other, "principalId"));
  }

  Optional<ObjectNode> find(String scope, String name) {
    return state.read(id(scope, name));
  }

  /** Takes a role away; the assignment as it was. */
  Optional<ObjectNode> delete(String scope, String name) {
    return state.exclusively(
        () -> {
          Optional<ObjectNode> assignment = find(scope, name);
          assignment.ifPresent(a -> state.delete(id(scope, name)));
          return assignment;
        });
  }

  /** The assignments at a scope, above it and below it. */
  List<ObjectNode> around(String scope) {
    List<ObjectNode> around = above(scope);
    for (String below : inventory.scopesBelow(scope)) {
      around.addAll(state.list(below + COLLECTION));
    }
    return around;
  }

  /** Whether anybody has been given a role, wherever. */
  boolean isAssigned(RoleDefinition role) {
    return state.list("/subscriptions").stream()
        .flatMap(subscription -> around(subscription.path("id").asText()).stream())
        .anyMatch(a -> property(a, "roleDefinitionId").endsWith("/" + role.name()));
  }

  /** Whether a principal holds any role in a subscription, at whatever scope. */
  public boolean holdsAny(String objectId, String subscription) {
    Set<String> ids = holders.of(objectId);
    return around(subscription).stream().anyMatch(a -> isOf(ids, a));
  }

  private ObjectNode assignment(
      String by, String scope, String name, String role, Principal principal) {
    String now = clock.instant().toString();
    ObjectNode assignment = ArmResources.envelope(id(scope, name), TYPE);
    assignment
        .putObject("properties")
        .put("roleDefinitionId", role)
        .put("principalId", principal.objectId())
        .put("principalType", principal.type())
        .put("scope", scope)
        .put("createdOn", now)
        .put("updatedOn", now)
        .put("createdBy", by)
        .put("updatedBy", by);
    return assignment;
  }

  /** The assignments of a principal at the scope and at each scope above it. */
  private Stream<ObjectNode> held(String objectId, String scope) {
    Set<String> ids = holders.of(objectId);
    return above(scope).stream().filter(a -> isOf(ids, a));
  }

  /** A principal and every group that it is in, by object ids in lower case. */
  Set<String> identities(String objectId) {
    return holders.of(objectId);
  }

  /** Whether an assignment counts for a principal, also by a group that it is in. */
  boolean countsFor(String objectId, ObjectNode assignment) {
    return isOf(holders.of(objectId), assignment);
  }

  private static boolean isOf(Set<String> ids, ObjectNode assignment) {
    return ids.contains(property(assignment, "principalId").toLowerCase(Locale.ROOT));
  }

  private List<ObjectNode> above(String scope) {
    List<ObjectNode> found = new ArrayList<>();
    String at = scope;
    while (true) {
      found.addAll(state.list(at + COLLECTION));
      if (at.isEmpty()) {
        return found;
      }
      at = at.substring(0, Math.max(at.lastIndexOf('/'), 0));
    }
  }

  private static String id(String scope, String name) {
    return scope + COLLECTION + "/" + name.toLowerCase(Locale.ROOT);
  }

  private static String property(JsonNode assignment, String name) {
    return assignment.path("properties").path(name).asText();
  }
}
