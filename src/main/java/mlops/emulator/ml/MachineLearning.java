package mlops.emulator.ml;

import java.util.ArrayList;
import java.util.List;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.blob.Accounts;
import mlops.emulator.blob.BlobStore;
import mlops.emulator.blob.SharedAccess;
import mlops.emulator.http.Route;
import mlops.emulator.login.Directory;

/** Azure Machine Learning: workspaces and all that is in them. */
public final class MachineLearning {
  private final List<Route> routes = new ArrayList<>();

  public MachineLearning(
      ResourceManager arm, Directory directory, Accounts accounts, BlobStore blobs) {
    MlResources resources = new MlResources(arm.resources());
    Identities identities = new Identities(resources.state(), directory);
    WorkspaceDocument document = new WorkspaceDocument(resources, identities);
    WorkspaceSetUp setUp =
        new WorkspaceSetUp(resources, arm, new DefaultDatastores(resources, blobs));
    SharedAccess signatures = new SharedAccess(blobs);
    AssetVersions versions = new Models(arm.resources(), blobs).versions();
    DatastoreSecrets secrets = new DatastoreSecrets(resources, accounts);
    routes.addAll(new Workspaces(resources, document, setUp, identities).routes());
    routes.addAll(new WorkspaceKeys(resources, accounts).routes());
    routes.addAll(new Computes(resources, identities).routes());
    routes.addAll(
        new Datastores(resources, new DatastoreDocument(accounts, blobs), secrets).routes());
    AssetType.ALL.forEach(t -> routes.addAll(new Assets(t, resources, versions).routes()));
    routes.addAll(new PendingUploads(resources, blobs, signatures).routes());
  }

  public List<Route> routes() {
    return routes;
  }
}
