package mlops.emulator.ml.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.state.StateTree;

/** What the resource types below a workspace share. */
public final class MlResources {
  private final ArmResources arm;

  public MlResources(ArmResources arm) {
    this.arm = arm;
  }

  public StateTree state() {
    return arm.state();
  }

  public ArmResources arm() {
    return arm;
  }

  public Instant now() {
    return arm.clock().instant();
  }

  /**
   * The workspace that a request is about.
   *
   * @throws mlops.emulator.http.ApiException 404 ResourceNotFound or ResourceGroupNotFound
   */
  public ObjectNode workspace(Request request) {
    return arm.find(MlPaths.workspaceId(request));
  }

  public Optional<ObjectNode> read(String id) {
    return state().read(id);
  }

  /** Keeps a resource; who made it first, and when, stays. */
  public ObjectNode put(String id, String type, Caller caller, ObjectNode content) {
    ObjectNode resource = ArmResources.envelope(id, type);
    resource.setAll(content);
    resource.set("systemData", systemData(id, caller));
    state().write(id, resource);
    return resource;
  }

  /** A document with the tags and the location that a body names, else the workspace's. */
  public static ObjectNode tracked(JsonNode workspace, JsonNode body) {
    String location = body.path("location").asText(workspace.path("location").asText());
    ObjectNode document = Json.object().put("location", location);
    document.set("tags", body.path("tags").isObject() ? body.get("tags") : Json.object());
    return document;
  }

  /** The system data of a resource that this caller writes now. */
  public ObjectNode systemData(String id, Caller caller) {
    return arm.systemData(caller, read(id));
  }
}
