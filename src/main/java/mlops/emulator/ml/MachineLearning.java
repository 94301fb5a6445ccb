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
  private final ResourceManager arm;
  private final MlResources resources;
  private final Accounts accounts;
  private final BlobStore blobs;
  private final SharedAccess signatures;
  private final Runs runs;
  private final LongOperations operations;

  /**
   * @param models the register of what jobs make, which the runner uses too
   * @param runner who executes the jobs that are submitted
   */
  public MachineLearning(
      ResourceManager arm,
      Directory directory,
      Accounts accounts,
      BlobStore blobs,
      Models models,
      JobRunner runner) {
    this.arm = arm;
    this.resources = new MlResources(arm.resources());
    this.accounts = accounts;
    this.blobs = blobs;
    this.signatures = new SharedAccess(blobs);
    this.runs = new Runs(resources);
    this.operations = new LongOperations(resources);
    Identities identities = new Identities(resources.state(), directory);
    References references = new References(resources, models.versions());
    addWorkspaces(identities);
    addAssets(models.versions());
    addJobs(references, runner);
    addMlflow();
    addBatch(identities, references, runner);
  }

  public List<Route> routes() {
    return routes;
  }

  private void addWorkspaces(Identities identities) {
    WorkspaceDocument document = new WorkspaceDocument(resources, identities);
    WorkspaceSetUp setUp =
        new WorkspaceSetUp(resources, arm, new DefaultDatastores(resources, blobs));
    DatastoreSecrets secrets = new DatastoreSecrets(resources, accounts);
    DatastoreDocument datastore = new DatastoreDocument(accounts, blobs);
    routes.addAll(new Workspaces(resources, document, setUp, identities).routes());
    routes.addAll(new WorkspaceKeys(resources, accounts).routes());
    routes.addAll(new Computes(resources, identities, operations).routes());
    routes.addAll(new Datastores(resources, datastore, secrets).routes());
    routes.addAll(new Discovery().routes());
    routes.addAll(operations.routes());
  }

  private void addAssets(AssetVersions versions) {
    AssetType.ALL.forEach(t -> routes.addAll(new Assets(t, resources, versions).routes()));
    routes.addAll(new PendingUploads(resources, blobs, signatures).routes());
    routes.addAll(new CodeSearch(resources, versions).routes());
  }

  private void addBatch(Identities identities, References references, JobRunner runner) {
    EndpointNames names = new EndpointNames(resources);
    BatchRequest reader = new BatchRequest(references, resources);
    DeploymentDocument document = new DeploymentDocument(references);
    routes.addAll(new BatchEndpoints(resources, identities, names).routes());
    routes.addAll(new BatchDeployments(resources, document, operations).routes());
    routes.addAll(new BatchJobs(resources, arm.access(), names, runs, reader, runner).routes());
    routes.addAll(new BatchJobList(resources, new JobView(resources, runs)).routes());
  }

  private void addMlflow() {
    Experiments experiments = new Experiments(resources);
    routes.addAll(new MlflowExperiments(resources, experiments, runs).routes());
    routes.addAll(new MlflowRuns(resources, experiments, runs).routes());
    routes.addAll(new MlflowLogs(resources, runs).routes());
    routes.addAll(new MlflowArtifacts(resources, blobs).routes());
  }

  private void addJobs(References references, JobRunner runner) {
    JobView view = new JobView(resources, runs);
    JobDocument document = new JobDocument(references);
    AssetUris uris = new AssetUris(resources);
    routes.addAll(new Jobs(resources, runs, document, view, runner).routes());
    routes.addAll(new JobCancel(resources, runs, runner).routes());
    routes.addAll(new RunHistory(resources, runs, new RunView(resources, signatures)).routes());
    routes.addAll(new JobOutputs(resources, runs, references, uris).routes());
  }
}
