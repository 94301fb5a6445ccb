package mlops.emulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.blob.ContainerResources;
import mlops.emulator.blob.StorageEndpoints;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.contract.RequestContract;
import mlops.emulator.featurestore.ManagedFeatureStore;
import mlops.emulator.github.GitHub;
import mlops.emulator.graph.MicrosoftGraph;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;
import mlops.emulator.http.Router;
import mlops.emulator.keyvault.KeyVaultEndpoints;
import mlops.emulator.login.Entra;
import mlops.emulator.login.LocalApplication;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.MachineLearning;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.ml.schedule.ScheduleActions;
import mlops.emulator.ml.schedule.ScheduleClock;
import mlops.emulator.registry.MachineLearningRegistries;
import mlops.emulator.run.JobExecutor;
import mlops.emulator.run.SingleJobRun;
import mlops.emulator.run.record.RunnerServices;
import mlops.emulator.state.Memoized;
import mlops.emulator.state.StateTree;
import mlops.emulator.template.Deployments;
import mlops.emulator.template.export.GroupExport;

/** The Azure that this jar carries: all services on one state folder, behind one router. */
public final class EmbeddedAzure {
  private final SharedServices shared;
  private final EmbeddedAzureOptions options;
  private final JobExecutor jobs;
  private final GitHub github;
  private final Router services;
  private final Router router;

  private EmbeddedAzure(SharedServices shared, EmbeddedAzureOptions options) {
    this.shared = shared;
    this.options = options;
    addLocalUser();
    ResourceManager arm = shared.arm();
    arm.addSubscription(options.subscription(), EmbeddedAzureOptions.USER_ID, options.registered());
    this.jobs = jobs(shared.services(this::services), options);
    StateTree state = shared.state();
    Directory directory = shared.directory();
    Tokens tokens = shared.tokens();
    BlobStore blobs = shared.blobs();
    BlobAccounts accounts = shared.accounts();
    List<Route> routes = new ArrayList<>(arm.routes());
    routes.addAll(
        new StorageEndpoints(
                state, blobs, tokens, arm.access(), EmbeddedAzureOptions.TENANT, this::answer)
            .routes());
    routes.addAll(new KeyVaultEndpoints(arm, tokens, EmbeddedAzureOptions.TENANT).routes());
    routes.addAll(new ContainerResources(arm.resources(), blobs, accounts).routes());
    routes.addAll(machineLearning());
    this.github = new GitHub(state, options.plan(), tokens, this::answer, options.clock());
    routes.addAll(github.routes());
    routes.addAll(whoIsWho(state, directory, tokens));
    RequestContract contract = new RequestContract();
    routes.addAll(new Deployments(arm, contract, this::answer).routes());
    routes.addAll(new GroupExport(arm, contract, this::answer).routes());
    this.services = new Router(contract.hold(routes), arm.access(), options.clock());
    this.router = services.behind(options.filter());
  }

  /** Azure Machine Learning: its workspaces, registries and feature stores. */
  private List<Route> machineLearning() {
    ResourceManager arm = shared.arm();
    Directory directory = shared.directory();
    BlobStore blobs = shared.blobs();
    List<Route> routes =
        new ArrayList<>(
            new MachineLearning(
                    arm,
                    directory,
                    shared.tokens(),
                    shared.accounts(),
                    blobs,
                    shared.models(),
                    jobs,
                    this::answer,
                    options.quota())
                .routes());
    routes.addAll(
        new MachineLearningRegistries(
                arm,
                directory,
                shared.tokens(),
                blobs,
                shared.models().versions(),
                options.propagation().registries())
            .routes());
    routes.addAll(new ManagedFeatureStore(arm, jobs).routes());
    return routes;
  }

  /** The directory and its login. */
  private List<Route> whoIsWho(StateTree state, Directory directory, Tokens tokens) {
    String tenant = EmbeddedAzureOptions.TENANT;
    List<Route> routes =
        new ArrayList<>(new MicrosoftGraph(state, directory, tenant, options.clock()).routes());
    routes.addAll(
        new Entra(state, directory, tokens, tenant, options.propagation(), options.clock())
            .routes());
    return routes;
  }

  private static JobExecutor jobs(RunnerServices services, EmbeddedAzureOptions options) {
    JobExecutor jobs =
        options.jobProcess().isEmpty()
            ? JobExecutor.inProcess(services)
            : JobExecutor.detached(services, options.jobProcess());
    jobs.recover();
    return jobs;
  }

  /** Runs a job that was handed to this process, to its end. Routes are made if it asks for any. */
  public static void runJob(Path folder, EmbeddedAzureOptions options, String jobId) {
    SharedServices shared = SharedServices.of(StateTree.open(folder), options);
    Memoized<EmbeddedAzure> azure = new Memoized<>(() -> new EmbeddedAzure(shared, options));
    new SingleJobRun(shared.services(() -> azure.get().router())).run(jobId);
  }

  /**
   * Fires schedules from now on.
   *
   * @param log is told what fired
   */
  public ScheduleClock fireSchedules(Consumer<String> log) {
    MlResources resources = new MlResources(shared.arm().resources());
    ScheduleActions actions =
        new ScheduleActions(resources, shared.directory(), shared.tokens(), this::answer);
    return new ScheduleClock(resources, actions, this::answer, log).start();
  }

  /** Ends the jobs that run in this process. */
  public void endJobs() {
    jobs.close();
  }

  /** Opens the embedded Azure whose state is in this folder; an empty folder is a new Azure. */
  public static EmbeddedAzure open(Path folder, EmbeddedAzureOptions options) {
    return new EmbeddedAzure(SharedServices.of(StateTree.open(folder), options), options);
  }

  /** What clients ask. */
  public Router router() {
    return router;
  }

  /** What services and jobs ask: no filter stands before it. */
  public Router services() {
    return services;
  }

  public StateTree state() {
    return shared.state();
  }

  /** The blobs of all storage accounts, without asking for permission. */
  public BlobStore blobs() {
    return shared.blobs();
  }

  /** The person at the keyboard: Owner of the subscription, without any data role. */
  public Principal user() {
    return shared.directory().find(EmbeddedAzureOptions.USER_ID).orElseThrow();
  }

  /**
   * An access token of the local user for a resource such as {@code https://graph.microsoft.com}.
   */
  public String userToken(String audience) {
    return shared.tokens().issue(user(), audience);
  }

  public Instant tokenExpiry() {
    return shared.tokens().expiry();
  }

  /** The GitHub that stands beside. */
  public GitHub github() {
    return github;
  }

  private Response answer(Request request) {
    return services.handle(request);
  }

  /** A service principal that stands for the local user, for tools that log in with a secret. */
  public LocalApplication application() {
    return LocalApplication.of(
        shared.state(),
        shared.directory(),
        options.clock(),
        EmbeddedAzureOptions.USER_ID,
        MicrosoftGraph.ADMINISTRATOR);
  }

  private void addLocalUser() {
    if (shared.directory().find(EmbeddedAzureOptions.USER_ID).isEmpty()) {
      ObjectNode user = Json.object();
      user.put("@odata.type", "#microsoft.graph.user").put("id", EmbeddedAzureOptions.USER_ID);
      user.put("displayName", "Local User").put("userPrincipalName", EmbeddedAzureOptions.USER);
      user.put("mail", EmbeddedAzureOptions.USER).put("accountEnabled", true);
      shared.directory().put(user);
    }
  }
}
