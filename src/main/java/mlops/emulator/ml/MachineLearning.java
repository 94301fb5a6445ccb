package mlops.emulator.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.blob.auth.SasIssuer;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.AssetType;
import mlops.emulator.ml.asset.AssetUris;
import mlops.emulator.ml.asset.AssetVersions;
import mlops.emulator.ml.asset.Assets;
import mlops.emulator.ml.asset.CodeSearch;
import mlops.emulator.ml.asset.Models;
import mlops.emulator.ml.asset.OutputRegistration;
import mlops.emulator.ml.asset.PendingUploads;
import mlops.emulator.ml.asset.RegistryRights;
import mlops.emulator.ml.batch.BatchDeploymentDocument;
import mlops.emulator.ml.batch.BatchDeployments;
import mlops.emulator.ml.batch.BatchEndpoints;
import mlops.emulator.ml.batch.BatchInvocation;
import mlops.emulator.ml.batch.BatchJobList;
import mlops.emulator.ml.batch.BatchJobs;
import mlops.emulator.ml.compute.ComputeQuota;
import mlops.emulator.ml.compute.ComputeUsage;
import mlops.emulator.ml.compute.Computes;
import mlops.emulator.ml.job.ExperimentRuns;
import mlops.emulator.ml.job.Experiments;
import mlops.emulator.ml.job.JobCancellation;
import mlops.emulator.ml.job.JobDocument;
import mlops.emulator.ml.job.JobOutputs;
import mlops.emulator.ml.job.JobRunner;
import mlops.emulator.ml.job.JobView;
import mlops.emulator.ml.job.Jobs;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.job.RunHistory;
import mlops.emulator.ml.job.RunJson;
import mlops.emulator.ml.mlflow.LoggedModels;
import mlops.emulator.ml.mlflow.MlflowArtifacts;
import mlops.emulator.ml.mlflow.MlflowExperiments;
import mlops.emulator.ml.mlflow.MlflowLogs;
import mlops.emulator.ml.mlflow.MlflowRunSearch;
import mlops.emulator.ml.mlflow.MlflowRuns;
import mlops.emulator.ml.mlflow.ModelAliases;
import mlops.emulator.ml.mlflow.ModelVersions;
import mlops.emulator.ml.mlflow.RegisteredModels;
import mlops.emulator.ml.mlflow.RunModels;
import mlops.emulator.ml.resource.LongRunningOperations;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.resource.ResourceIdentities;
import mlops.emulator.ml.schedule.ScheduleActions;
import mlops.emulator.ml.schedule.Schedules;
import mlops.emulator.ml.sdk.ArtifactRoutes;
import mlops.emulator.ml.sdk.Artifacts;
import mlops.emulator.ml.sdk.LoggedMetrics;
import mlops.emulator.ml.sdk.SdkAssets;
import mlops.emulator.ml.sdk.SdkModels;
import mlops.emulator.ml.unbuilt.UnbuiltKinds;
import mlops.emulator.ml.unbuilt.UnbuiltOperations;
import mlops.emulator.ml.workspace.DatastoreDocument;
import mlops.emulator.ml.workspace.DatastoreSecrets;
import mlops.emulator.ml.workspace.Datastores;
import mlops.emulator.ml.workspace.DefaultDatastores;
import mlops.emulator.ml.workspace.ServiceDiscovery;
import mlops.emulator.ml.workspace.WorkspaceConnections;
import mlops.emulator.ml.workspace.WorkspaceDiagnosis;
import mlops.emulator.ml.workspace.WorkspaceDocument;
import mlops.emulator.ml.workspace.WorkspaceKeys;
import mlops.emulator.ml.workspace.WorkspaceSetUp;
import mlops.emulator.ml.workspace.Workspaces;

/** Azure Machine Learning: workspaces and all that is in them. */
public final class MachineLearning {
  private final List<Route> routes = new ArrayList<>();
  private final ResourceManager arm;
  private final MlResources resources;
  private final BlobAccounts accounts;
  private final BlobStore blobs;
  private final SasIssuer signatures;
  private final RunDocuments runs;
  private final LongRunningOperations operations;

  /**
   * @param models the register of what jobs make, which the runner uses too
   * @param runner who executes the jobs that are submitted
   * @param azure answers the requests by which schedules submit jobs and invoke endpoints
   * @param quota what clusters may have of each region
   */
  public MachineLearning(
      ResourceManager arm,
      Directory directory,
      Tokens tokens,
      BlobAccounts accounts,
      BlobStore blobs,
      OutputRegistration models,
      JobRunner runner,
      Function<Request, Response> azure,
      ComputeQuota quota) {
    this.arm = arm;
    this.resources = new MlResources(arm.resources());
    this.accounts = accounts;
    this.blobs = blobs;
    this.signatures = new SasIssuer(blobs);
    this.runs = new RunDocuments(resources, runner);
    this.operations = new LongRunningOperations(resources);
    ResourceIdentities identities = new ResourceIdentities(resources.state(), directory);
    AssetReferences references = new AssetReferences(resources, models.versions());
    addWorkspaces(identities, quota);
    addAssets(models.versions());
    addJobs(references, runner);
    addMlflow(models.versions(), rights(references));
    addSdk(models.versions());
    addBatch(identities, references, runner);
    ScheduleActions actions = new ScheduleActions(resources, directory, tokens, azure);
    routes.addAll(new Schedules(resources, references, actions).routes());
    routes.addAll(new UnbuiltKinds(resources).routes());
    routes.addAll(new UnbuiltOperations().routes());
  }

  public List<Route> routes() {
    return routes;
  }

  private RegistryRights rights(AssetReferences references) {
    return new RegistryRights(resources, arm.access(), references);
  }

  private void addWorkspaces(ResourceIdentities identities, ComputeQuota quota) {
    WorkspaceDocument document = new WorkspaceDocument(resources, identities);
    WorkspaceSetUp setUp =
        new WorkspaceSetUp(resources, arm, new DefaultDatastores(resources, blobs));
    DatastoreSecrets secrets = new DatastoreSecrets(resources.state(), accounts);
    DatastoreDocument datastore = new DatastoreDocument(accounts, blobs);
    routes.addAll(new Workspaces(resources, document, setUp, identities).routes());
    routes.addAll(new WorkspaceKeys(resources, accounts).routes());
    routes.addAll(new WorkspaceDiagnosis(resources, arm.access(), blobs).routes());
    routes.addAll(new Computes(resources, identities, operations, quota).routes());
    routes.addAll(new ComputeUsage(resources, quota).routes());
    routes.addAll(new Datastores(resources, datastore, secrets).routes());
    routes.addAll(new WorkspaceConnections(resources).routes());
    routes.addAll(new ServiceDiscovery().routes());
    routes.addAll(operations.routes());
  }

  private void addAssets(AssetVersions versions) {
    AssetType.ALL.forEach(t -> routes.addAll(new Assets(t, resources, versions).routes()));
    routes.addAll(new PendingUploads(resources, blobs, signatures).routes());
    routes.addAll(new CodeSearch(resources, versions).routes());
  }

  private void addBatch(
      ResourceIdentities identities, AssetReferences references, JobRunner runner) {
    BatchInvocation reader = new BatchInvocation(references, resources);
    BatchDeploymentDocument document = new BatchDeploymentDocument(references);
    RegistryRights rights = rights(references);
    routes.addAll(new BatchEndpoints(resources, identities).routes());
    routes.addAll(new BatchDeployments(resources, rights, document, operations).routes());
    routes.addAll(new BatchJobs(resources, arm.access(), rights, runs, reader, runner).routes());
    routes.addAll(new BatchJobList(resources, new JobView(resources, runs)).routes());
  }

  private void addMlflow(AssetVersions versions, RegistryRights rights) {
    Experiments experiments = new Experiments(resources);
    routes.addAll(new MlflowExperiments(resources, experiments, runs).routes());
    routes.addAll(new MlflowRuns(resources, experiments, runs).routes());
    routes.addAll(new MlflowRunSearch(runs).routes());
    routes.addAll(new MlflowLogs(resources, runs).routes());
    routes.addAll(new MlflowArtifacts(resources, blobs, rights).routes());
    routes.addAll(new RunModels(runs).routes());
    routes.addAll(new LoggedModels(resources).routes());
    Models models = new Models(resources, versions);
    routes.addAll(new RegisteredModels(models).routes());
    routes.addAll(new ModelAliases(models).routes());
    routes.addAll(new ModelVersions(models, resources).routes());
  }

  private void addSdk(AssetVersions versions) {
    Artifacts artifacts = new Artifacts(resources, blobs, signatures);
    Models models = new Models(resources, versions);
    routes.addAll(new LoggedMetrics(resources, runs).routes());
    routes.addAll(new ArtifactRoutes(resources, runs, artifacts).routes());
    routes.addAll(new SdkAssets(resources, models).routes());
    routes.addAll(new SdkModels(resources, models).routes());
  }

  private void addJobs(AssetReferences references, JobRunner runner) {
    JobView view = new JobView(resources, runs);
    JobDocument document = new JobDocument(references);
    AssetUris uris = new AssetUris(resources);
    routes.addAll(new Jobs(resources, rights(references), runs, document, view, runner).routes());
    routes.addAll(new JobCancellation(resources, runs, runner).routes());
    RunJson json = new RunJson(resources, signatures);
    RunHistory history = new RunHistory(resources, runs, json);
    routes.addAll(history.routes());
    routes.addAll(new ExperimentRuns(resources, runs, json, history).routes());
    routes.addAll(new JobOutputs(resources, runs, references, uris).routes());
  }
}
