package mlops.emulator.ml;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import mlops.emulator.arm.ArmResources;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Request;
import mlops.emulator.state.StateTree;

/** What the resource types below a workspace share. */
final class MlResources {
  private final ArmResources arm;

  MlResources(ArmResources arm) {
    this.arm = arm;
  }

  StateTree state() {
    return arm.state();
  }

  ArmResources arm() {
    return arm;
  }

  Instant now() {
    return arm.clock().instant();
  }

  /**
   * The workspace that a request is about.
   *
   * @throws mlops.emulator.http.ApiException 404 ResourceNotFound or ResourceGroupNotFound
   */
  ObjectNode workspace(Request request) {
    return arm.find(Ml.workspaceId(request));
  }

  Optional<ObjectNode> read(String id) {
    return state().read(id);
  }

  /** Keeps a resource; who made it first, and when, stays. */
  ObjectNode put(String id, String type, Caller caller, ObjectNode content) {
    ObjectNode resource = ArmResources.envelope(id, type);
    resource.setAll(content);
    resource.set("systemData", systemData(id, caller));
    state().write(id, resource);
    return resource;
  }

  /** The system data of a resource that this caller writes now. */
  ObjectNode systemData(String id, Caller caller) {
    ObjectNode fresh = arm.systemData(caller);
    read(id)
        .filter(old -> old.has("systemData"))
        .ifPresent(
            old -> {
              for (String field : new String[] {"createdBy", "createdByType", "createdAt"}) {
                fresh.set(field, old.path("systemData").path(field));
              }
            });
    return fresh;
  }
}
