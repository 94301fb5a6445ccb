package mlops.emulator.arm.role;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.state.StateTree;
import org.jspecify.annotations.Nullable;

/**
 * The roles there are: the built-in ones of Azure, and the tenant's own, which are the documents
 * {@code /providers/Microsoft.Authorization/roleDefinitions/{name}}.
 */
public final class RoleDefinitions {
  private final StateTree state;
  private final Map<String, RoleDefinition> common = read("common-roles.json");
  private @Nullable Map<String, RoleDefinition> builtIn;

  public RoleDefinitions(StateTree state) {
    this.state = state;
  }

  private static Map<String, RoleDefinition> read(String name) {
    Map<String, RoleDefinition> roles = new LinkedHashMap<>();
    for (JsonNode entry : Json.resource(RoleDefinitions.class, name)) {
      RoleDefinition role = RoleDefinition.builtIn(entry);
      roles.put(role.name(), role);
    }
    return roles;
  }

  /** All of Azure's, which are read when somebody asks for one that is not common. */
  private synchronized Map<String, RoleDefinition> builtIn() {
    Map<String, RoleDefinition> known = builtIn;
    if (known == null) {
      known = read("built-in-roles.json");
      builtIn = known;
    }
    return known;
  }

  /** By GUID, or by the id that ends in it. */
  Optional<RoleDefinition> find(String id) {
    String name = id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    RoleDefinition role = common.get(name);
    if (role != null) {
      return Optional.of(role);
    }
    return state.exists(document(name))
        ? state.read(document(name), RoleDefinition::custom)
        : Optional.ofNullable(builtIn().get(name));
  }

  /**
   * A role that can be given at a scope.
   *
   * @throws ApiException 404 RoleDefinitionDoesNotExist
   */
  RoleDefinition at(String scope, String id) {
    return find(id)
        .filter(role -> role.assignableAt(scope))
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "RoleDefinitionDoesNotExist",
                    "The specified role definition with ID '%s' does not exist."
                        .formatted(id.substring(id.lastIndexOf('/') + 1))));
  }

  Stream<RoleDefinition> all() {
    return Stream.concat(builtIn().values().stream(), custom().stream());
  }

  /** Those of a name; a common one takes no reading of all. */
  Stream<RoleDefinition> named(String roleName) {
    List<RoleDefinition> named =
        common.values().stream().filter(r -> r.roleName().equalsIgnoreCase(roleName)).toList();
    return named.isEmpty()
        ? all().filter(r -> r.roleName().equalsIgnoreCase(roleName))
        : named.stream();
  }

  private List<RoleDefinition> custom() {
    return state.list(RoleDefinition.COLLECTION, RoleDefinition::custom);
  }

  void write(RoleDefinition role) {
    ObjectNode document = role.document("");
    state.write(document(role.name()), document);
  }

  void delete(RoleDefinition role) {
    state.delete(document(role.name()));
  }

  private static String document(String name) {
    return RoleDefinition.COLLECTION + "/" + name;
  }
}
