package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceNames;

/** The models of workspaces, for a service that knows them by another API. */
public final class Models {
  private static final AssetType TYPE = AssetType.MODELS;

  private final MlResources resources;
  private final AssetVersions versions;

  public Models(MlResources resources, AssetVersions versions) {
    this.resources = resources;
    this.versions = versions;
  }

  /** The id of a model, whether it is there or not. */
  public static String id(String workspace, String name) {
    return workspace + "/" + TYPE.collection() + "/" + name;
  }

  public static String id(String workspace, String name, String version) {
    return id(workspace, name) + "/versions/" + version;
  }

  public Optional<ObjectNode> find(String id) {
    return resources.read(id);
  }

  public List<ObjectNode> all(String workspace) {
    return shown(resources.state().list(workspace + "/" + TYPE.collection()));
  }

  /** The versions of a model that are not archived, the newest first. */
  public List<ObjectNode> versions(String model) {
    return shown(versions.newestFirst(model));
  }

  private static List<ObjectNode> shown(List<ObjectNode> documents) {
    return documents.stream().filter(d -> !d.at("/properties/isArchived").asBoolean()).toList();
  }

  /**
   * Makes a model without versions.
   *
   * @throws mlops.emulator.http.ApiException 400 for a name that a model cannot have
   */
  public ObjectNode create(String id, Caller caller, ObjectNode properties) {
    ResourceNames.check(MlPaths.name(id));
    ObjectNode content = Json.object().set("properties", properties.put("isArchived", false));
    return resources.put(id, TYPE.type(), caller, content);
  }

  /**
   * Makes the next version of a model.
   *
   * @param properties as a PUT of it has them
   * @throws mlops.emulator.http.ApiException 400 where no files lie at its address
   */
  public ObjectNode createVersion(String model, Caller caller, ObjectNode properties) {
    String number = AssetVersions.next(versions.newestFirst(model));
    return versions.put(TYPE, model + "/versions/" + number, caller, properties);
  }

  /**
   * Changes the properties of a model or a version; nobody else changes them meanwhile.
   *
   * @param found as it was found
   * @return as it is now
   */
  public ObjectNode update(ObjectNode found, Caller caller, Consumer<ObjectNode> change) {
    String id = found.path("id").asText();
    return resources
        .state()
        .exclusively(
            () -> {
              ObjectNode document = resources.read(id).orElseThrow(() -> TYPE.notFound(id));
              change.accept(document.withObjectProperty("properties"));
              document.set("systemData", resources.systemData(id, caller));
              resources.state().write(id, document);
              return document;
            });
  }

  /** Deletes a version, or a model with all of them. */
  public void delete(String id) {
    resources.state().delete(id);
  }
}
