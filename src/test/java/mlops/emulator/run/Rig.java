package mlops.emulator.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import mlops.Waiting;
import mlops.emulator.TestKey;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.arm.resource.ArmResources;
import mlops.emulator.arm.role.RoleDelay;
import mlops.emulator.blob.published.PublicData;
import mlops.emulator.blob.store.BlobAccounts;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Json;
import mlops.emulator.http.Router;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.asset.AssetReferences;
import mlops.emulator.ml.asset.OutputRegistration;
import mlops.emulator.ml.job.RunDocuments;
import mlops.emulator.ml.resource.MlResources;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.data.DataLocations;
import mlops.emulator.run.data.WorkspaceAssets;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.ReachableAzure;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.run.record.RunnerServices;
import mlops.emulator.run.record.RunnerSettings;
import mlops.emulator.state.StateTree;

/** A workspace in a state of its own, with what its jobs need, as documents. */
public final class Rig implements AutoCloseable {
  public static final String WORKSPACE =
      "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ws";
  static final String ACCOUNT = "keyedaccount";
  static final String OTHER = "roleaccount";
  static final String BLOBSTORE = "azureml-blobstore-1";
  static final String ARTIFACTS = "azureml";
  static final String READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
  static final String OWNER = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";
  static final String IDENTITY = "99999999-0000-0000-0000-000000000001";

  public final StateTree state;
  final BlobStore blobs;
  final RunnerServices services;
  final JobExecutor executor;
  private final ArmResources arm;

  public Rig(Path folder) {
    this(folder, List.of());
  }

  /**
   * @param command how jobs are run in processes of their own; empty for this process
   */
  Rig(Path folder, List<String> command) {
    state = StateTree.open(TestKey.in(folder.resolve("state")));
    Clock clock = Clock.systemUTC();
    BlobAccounts accounts =
        name ->
            Set.of(ACCOUNT, OTHER).contains(name)
                ? Optional.of(
                    new BlobAccounts.Account(
                        accountId(name),
                        name,
                        "StorageV2",
                        "Standard_LRS",
                        name.equals(OTHER),
                        true,
                        false,
                        List.of("a2V5")))
                : PublicData.account(state, name);
    blobs = new BlobStore(state, accounts, clock);
    Directory directory = new Directory(state);
    Tokens tokens = new Tokens(state, directory, "tenant", clock);
    ResourceManager manager =
        new ResourceManager(
            state,
            directory,
            tokens,
            "tenant",
            UnaryOperator.identity(),
            new RoleDelay(Duration.ZERO, Clock.systemUTC()),
            clock);
    arm = manager.resources();
    OutputRegistration models = new OutputRegistration(arm, blobs);
    services =
        new RunnerServices(
            state,
            blobs,
            accounts,
            manager.access(),
            models,
            new AssetReferences(new MlResources(arm), models.versions()),
            new ReachableAzure(
                () -> new Router(List.of(), manager.access(), clock), tokens, directory),
            RunnerSettings.in(Path.of("target", "environments").toAbsolutePath()),
            clock);
    executor =
        command.isEmpty()
            ? JobExecutor.inProcess(services)
            : JobExecutor.detached(services, command);
    blobs.createContainer(ACCOUNT, BLOBSTORE);
    blobs.createContainer(OTHER, "data");
    datastore("workspaceblobstore", ACCOUNT, BLOBSTORE, "AccountKey");
    blobs.createContainer(ACCOUNT, ARTIFACTS);
    datastore("workspaceartifactstore", ACCOUNT, ARTIFACTS, "AccountKey");
    datastore("roles", OTHER, "data", "None");
    compute("cpu", 4);
  }

  /** Gives the identity of the clusters a role on the account without keys. */
  void grant(String role) {
    String scope = accountId(OTHER);
    String id = scope + "/providers/Microsoft.Authorization/roleAssignments/" + role;
    ObjectNode document = Json.object().put("id", id).put("name", role);
    document
        .putObject("properties")
        .put(
            "roleDefinitionId",
            "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/" + role)
        .put("principalId", IDENTITY)
        .put("scope", scope)
        .put("createdOn", "2026-01-01T00:00:00Z");
    state.write(id, document);
  }

  private static String accountId(String name) {
    return "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/" + name;
  }

  /** Makes a datastore over the container of the default one that keeps a key of its own. */
  void keyed(String name, String key) {
    datastore(name, ACCOUNT, BLOBSTORE, "AccountKey");
    try {
      Path secrets = state.directory(WORKSPACE + "/datastores/" + name);
      Files.createDirectories(secrets);
      Files.writeString(secrets.resolve("datastore.secrets"), "{\"key\":\"" + key + "\"}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void datastore(String name, String account, String container, String credentials) {
    ObjectNode document = Json.object().put("id", WORKSPACE + "/datastores/" + name);
    ObjectNode properties = document.putObject("properties");
    properties.put("datastoreType", "AzureBlob").put("accountName", account);
    properties.put("containerName", container);
    properties.putObject("credentials").put("credentialsType", credentials);
    state.write(WORKSPACE + "/datastores/" + name, document);
  }

  void compute(String name, int nodes) {
    ObjectNode document = Json.object();
    ObjectNode identity = document.putObject("identity").put("type", "UserAssigned");
    identity
        .putObject("userAssignedIdentities")
        .putObject("/subscriptions/0/uai/id-of-" + name)
        .put("principalId", IDENTITY);
    document
        .putObject("properties")
        .putObject("properties")
        .putObject("scaleSettings")
        .put("maxNodeCount", nodes);
    state.write(WORKSPACE + "/computes/" + name, document);
  }

  void blob(String account, String container, String name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    blobs.put(account, container, name, bytes, "text/plain");
  }

  void deleteContainer(String account, String container) {
    blobs.containers().delete(accountId(account) + "/blobServices/default/containers/" + container);
  }

  String text(String name) {
    return text(ACCOUNT, BLOBSTORE, name);
  }

  String text(String account, String container, String name) {
    try {
      return Files.readString(blobs.find(account, container, name).orElseThrow().content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file in an output of a run. */
  String output(JsonNode run, String name, String file) {
    WorkspaceAssets assets = new WorkspaceAssets(services.references(), WORKSPACE);
    BlobLocation place =
        new DataLocations(state, assets, WORKSPACE)
            .of(run.path("outputs").path(name).path("uri").asText());
    BlobLocation at = file.isEmpty() ? place : place.resolve(file);
    return text(at.account(), at.container(), at.blob());
  }

  /** A JSON tree, written as YAML to be read by people. */
  public static ObjectNode tree(String yaml) {
    try {
      return (ObjectNode) new YAMLMapper().readTree(yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Submits a job and waits for its end: its root run. */
  public ObjectNode run(String name, String properties) {
    submit(name, properties);
    return await(name);
  }

  public void submit(String name, String properties) {
    submit(name, tree(properties));
  }

  void submit(String name, ObjectNode properties) {
    String id = WORKSPACE + "/jobs/" + name;
    ObjectNode document = Json.object().put("id", id).put("name", name);
    document.set("properties", properties);
    document.putObject("systemData").put("createdBy", "submitter");
    executor.start(
        id,
        () -> {
          services.run(new JobId(id), name).create(name, "", name, r -> {});
          state.write(id, document);
          return true;
        });
  }

  /** Registers a model of one file. */
  void model(String name, String file, String content) {
    blob(ACCOUNT, BLOBSTORE, "models/%s/model/%s".formatted(name, file), content);
    state.write(
        WORKSPACE + "/models/" + name + "/versions/1",
        tree(
            "properties: {modelUri: azureml://datastores/workspaceblobstore/paths/models/%s/model}"
                .formatted(name)));
  }

  /** Has a deployment of the model m with this script score what lies in the folder in. */
  void score(String name, String script, String deployment) {
    score(name, script, deployment, "uri_folder");
  }

  void score(String name, String script, String deployment, String type) {
    blob(ACCOUNT, BLOBSTORE, "code/" + name + "/score.py", script);
    state.write(
        WORKSPACE + "/codes/" + name + "/versions/1",
        tree(
            "properties: {codeUri: 'https://%s.blob.core.windows.net/%s/code/%s'}"
                .formatted(ACCOUNT, BLOBSTORE, name)));
    String id = WORKSPACE + "/batchEndpoints/e/deployments/" + name;
    ObjectNode document =
        tree(
            """
            properties:
              model: {referenceType: Id, assetId: "%s/models/m/versions/1"}
              codeConfiguration: {codeId: "%s/codes/%s/versions/1", scoringScript: score.py}
              compute: %s/computes/cpu
            """
                .formatted(WORKSPACE, WORKSPACE, name, WORKSPACE));
    document.withObject("/properties").setAll(tree(deployment));
    state.write(id, document);
    ObjectNode invocation =
        tree(
            """
            input: {uri: azureml://datastores/workspaceblobstore/paths/in/}
            """);
    invocation.withObject("/input").put("jobInputType", type);
    invocation.put("deploymentId", id);
    state.write(WORKSPACE + "/batchjobs/" + name, invocation);
    submit(name, "jobType: Pipeline");
  }

  /** The root run as somebody sees it who asks the embedded Azure. */
  ObjectNode seen(String name) {
    return new RunDocuments(new MlResources(arm), executor).find(WORKSPACE, name).orElseThrow();
  }

  void cancel(String name) {
    executor.cancel(WORKSPACE + "/jobs/" + name);
  }

  public ObjectNode await(String name) {
    Waiting.until(() -> RunRecord.hasEnded(root(name)));
    return root(name);
  }

  ObjectNode root(String name) {
    return state.read(WORKSPACE + "/runs/" + name).orElseThrow();
  }

  /** The run of a child by its name in the pipeline. */
  ObjectNode child(String job, String name) {
    return children(job).stream()
        .filter(r -> r.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no child " + name));
  }

  List<ObjectNode> children(String job) {
    return state.list(WORKSPACE + "/runs").stream()
        .filter(r -> r.path("rootRunId").asText().equals(job) && !r.path("parentRunId").isNull())
        .toList();
  }

  public String log(JsonNode run) {
    return artifact(run, "user_logs/std_log.txt");
  }

  /** The text of an artifact of a run. */
  String artifact(JsonNode run, String name) {
    String id = run.path("runId").asText();
    return text(ACCOUNT, ARTIFACTS, "ExperimentRun/dcid." + id + "/" + name);
  }

  @Override
  public void close() {
    executor.close();
  }
}
