package mlops.emulator.ml.asset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import mlops.emulator.blob.auth.SasIssuer;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.state.StateTree;

/** Gives out a fresh container, and a signature to fill it, for an asset that is to be made. */
public final class PendingUploads {
  private static final Duration LIFETIME = Duration.ofHours(8);

  private final MlResources resources;
  private final BlobStore blobs;
  private final SasIssuer signatures;

  public PendingUploads(MlResources resources, BlobStore blobs, SasIssuer signatures) {
    this.resources = resources;
    this.blobs = blobs;
    this.signatures = signatures;
  }

  public List<Route> routes() {
    return AssetType.ALL.stream().filter(AssetType::uploads).map(this::route).toList();
  }

  private Route route(AssetType type) {
    String path = type.path() + "/{name}/versions/{version}/startPendingUpload";
    return Route.arm("POST", path, type.action("versions/startPendingUpload/action"), this::start);
  }

  /** Whether the workspace gave out this container: it reads there, as in its own datastores. */
  public static boolean gaveOut(
      StateTree state, String workspaceId, String account, String container) {
    return state
        .read(document(workspaceId, container))
        .filter(upload -> upload.path("accountName").asText().equalsIgnoreCase(account))
        .isPresent();
  }

  private static String document(String workspaceId, String container) {
    return workspaceId + "/pendinguploads/" + container;
  }

  private Response start(Request request) {
    JsonNode workspace = resources.workspace(request);
    String accountId = workspace.at("/properties/storageAccount").asText();
    String account = MlPaths.name(accountId);
    String pending = request.json().path("pendingUploadId").asText(UUID.randomUUID().toString());
    String guid = workspace.at("/properties/workspaceId").asText();
    String container = guid.substring(0, 10) + "-" + UUID.randomUUID();
    blobs.createContainer(account, container);
    resources
        .state()
        .write(
            document(MlPaths.workspaceId(request), container),
            Json.object().put("accountName", account).put("containerName", container));
    String sas =
        signatures.sasUrl(account, container, null, "racwl", resources.now().plus(LIFETIME));
    ObjectNode answer = Json.object().put("pendingUploadId", pending);
    answer.put("pendingUploadType", "TemporaryBlobReference");
    ObjectNode reference = answer.putObject("blobReferenceForConsumption");
    reference.put("blobUri", sas.substring(0, sas.indexOf('?')));
    reference.put("storageAccountArmId", accountId);
    reference.putObject("credential").put("credentialType", "SAS").put("sasUri", sas);
    return Response.json(200, answer);
  }
}
