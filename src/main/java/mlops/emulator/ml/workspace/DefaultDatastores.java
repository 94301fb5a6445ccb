package mlops.emulator.ml.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Caller;
import mlops.emulator.http.Json;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;

/** The datastores that every workspace has from the start, with their containers. */
public final class DefaultDatastores {
  /** Where assets and the outputs of jobs go unless a job says otherwise. */
  public static final String BLOB = "workspaceblobstore";

  /** Where runs keep their artifacts. */
  public static final String ARTIFACTS = "workspaceartifactstore";

  /** The container of that datastore. */
  public static final String ARTIFACT_CONTAINER = "azureml";

  /** What the folder of every run in that container starts with. */
  public static final String RUNS = "ExperimentRun/dcid.";

  private static final Set<String> ARTIFACT_OUTPUTS = Set.of("artifacts", "default");

  private final MlResources resources;
  private final BlobStore blobs;

  public DefaultDatastores(MlResources resources, BlobStore blobs) {
    this.resources = resources;
    this.blobs = blobs;
  }

  /** The folder of the artifacts of a run, in the container of {@link #ARTIFACTS}. */
  public static String artifacts(String run) {
    return RUNS + run;
  }

  /** Whether an output of a job, by its name, is the folder of its artifacts. */
  public static boolean isArtifacts(String output) {
    return ARTIFACT_OUTPUTS.contains(output);
  }

  void create(ObjectNode workspace, Caller caller) {
    String guid = workspace.at("/properties/workspaceId").asText();
    blob(workspace, caller, BLOB, "azureml-blobstore-" + guid, true);
    blob(workspace, caller, ARTIFACTS, ARTIFACT_CONTAINER, false);
    share(workspace, caller, "workspacefilestore", "azureml-filestore-" + guid);
    share(workspace, caller, "workspaceworkingdirectory", "code-" + guid);
  }

  private void blob(
      ObjectNode workspace, Caller caller, String name, String container, boolean isDefault) {
    blobs.createContainer(account(workspace), container);
    ObjectNode properties = properties(workspace, "AzureBlob", isDefault);
    properties.put("containerName", container);
    put(workspace, caller, name, properties);
  }

  /** File shares are named as on Azure; the embedded Azure has no file service behind them. */
  private void share(ObjectNode workspace, Caller caller, String name, String share) {
    ObjectNode properties = properties(workspace, "AzureFile", false);
    properties.put("fileShareName", share);
    put(workspace, caller, name, properties);
  }

  private static ObjectNode properties(JsonNode workspace, String type, boolean isDefault) {
    String storage = workspace.at("/properties/storageAccount").asText();
    ObjectNode properties = Json.object().put("datastoreType", type).put("isDefault", isDefault);
    properties.put("accountName", MlPaths.name(storage)).put("endpoint", "core.windows.net");
    properties.put("protocol", "https");
    properties.put("serviceDataAccessAuthIdentity", "None");
    properties.put("subscriptionId", storage.split("/")[2]);
    properties.put("resourceGroup", storage.split("/")[4]);
    boolean identity = WorkspaceDocument.isByIdentity(workspace);
    properties.putObject("credentials").put("credentialsType", identity ? "None" : "AccountKey");
    properties.putObject("tags");
    return properties;
  }

  private void put(ObjectNode workspace, Caller caller, String name, ObjectNode properties) {
    String id = workspace.path("id").asText() + "/datastores/" + name;
    resources.put(id, Datastores.TYPE, caller, Json.object().set("properties", properties));
  }

  private static String account(JsonNode workspace) {
    return MlPaths.name(workspace.at("/properties/storageAccount").asText());
  }
}
