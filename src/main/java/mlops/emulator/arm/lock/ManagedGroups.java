package mlops.emulator.arm.lock;

import java.util.List;
import java.util.Locale;
import mlops.emulator.arm.resource.ArmScopes;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Request;
import mlops.emulator.state.StateTree;

/**
 * The groups in which registries keep their storage: everybody who may reads them and gives roles
 * in them, and nobody but the registry changes what is there.
 */
public final class ManagedGroups {
  private static final List<String> CHANGES = List.of("PUT", "PATCH", "DELETE");
  private static final String OWNERS = "/providers/microsoft.machinelearningservices/registries/";

  private final StateTree state;

  public ManagedGroups(StateTree state) {
    this.state = state;
  }

  /**
   * Asks that a request changes nothing that a registry manages.
   *
   * @throws ApiException 403 DenyAssignmentAuthorizationFailed
   */
  public void requireNone(Request request) {
    String path = ArmScopes.canonical(request.armPath());
    String[] parts = path.split("/");
    boolean role = path.toLowerCase(Locale.ROOT).contains("/providers/microsoft.authorization/");
    if (!CHANGES.contains(request.method()) || parts.length < 5 || role) {
      return;
    }
    String group = String.join("/", List.of(parts).subList(0, 5));
    String owner = state.read(group).map(g -> g.path("managedBy").asText()).orElse("");
    if (owner.toLowerCase(Locale.ROOT).contains(OWNERS) && state.exists(owner)) {
      throw new ApiException(
          403,
          "DenyAssignmentAuthorizationFailed",
          "The access to '%s' is denied because the resource group '%s' is managed by '%s'. Change or delete that."
              .formatted(path, parts[4], owner));
    }
  }
}
