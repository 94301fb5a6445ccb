package mlops.azure.ml;

import com.azure.core.exception.HttpResponseException;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mlops.azure.Azure;
import mlops.azure.Lazy;
import mlops.azure.Lookup;
import mlops.error.MlopsException;
import org.jspecify.annotations.Nullable;

/**
 * What lies in one Azure Machine Learning workspace, by paths below its ARM id such as {@code
 * environments/taxi/versions/1} (REST reference of Azure Machine Learning).
 */
public final class Workspace {
  /** The stable version that the bodies of this project follow. */
  public static final String API_VERSION = "2024-04-01";

  /** The version for jobs: the first stable one in which an output can register a model. */
  public static final String JOBS_API_VERSION = "2026-05-01";

  private final Azure azure;
  private final String id;
  private final Map<String, BlobContainerClient> datastores = new ConcurrentHashMap<>();
  private final Lazy<String> dataPlane = new Lazy<>(this::discover);
  private volatile @Nullable ObjectNode found;

  public Workspace(Azure azure, String resourceGroup, String name) {
    this.azure = azure;
    this.id = ArmIds.workspace(azure, resourceGroup, name);
  }

  public String id() {
    return id;
  }

  public String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /** The resource group that it is in. */
  public String group() {
    return id.split("/")[4];
  }

  /** The workspace itself, or empty before bootstrap; once it is there it is asked for no more. */
  public Optional<ObjectNode> find() {
    ObjectNode known = found;
    if (known == null) {
      known = azure.arm().find(id, API_VERSION).orElse(null);
      found = known;
    }
    return Optional.ofNullable(known);
  }

  public Optional<ObjectNode> find(String path) {
    return azure.arm().find(id + "/" + path, version(path));
  }

  public ObjectNode get(String path) {
    return azure.arm().get(id + "/" + path, version(path));
  }

  public List<ObjectNode> list(String path, String query) {
    return azure.arm().list(id + "/" + path, version(path), query);
  }

  /** Creates or updates and waits until it is done. */
  public ObjectNode put(String path, JsonNode body) {
    return azure.arm().createOrUpdate(id + "/" + path, version(path), body);
  }

  /** Submits a job, once: where the answer is lost, it is looked for before it is sent again. */
  public ObjectNode submit(String name, JsonNode job) {
    return azure.submit(id + "/jobs/" + name, JOBS_API_VERSION, job);
  }

  public ObjectNode patch(String path, JsonNode body) {
    return azure.arm().update(id + "/" + path, version(path), body);
  }

  public void delete(String path) {
    azure.arm().delete(id + "/" + path, version(path));
  }

  public JsonNode post(String path) {
    return azure.arm().post(id + "/" + path, version(path), null);
  }

  /** Asks Azure to cancel a job; false where the job is over already. */
  public boolean cancel(String job) {
    try {
      post("jobs/" + job + "/cancel");
      return true;
    } catch (HttpResponseException e) {
      if (Lookup.status(e) == 400 && new RunClient(azure, this).details(job).isOver()) {
        return false;
      }
      throw e;
    }
  }

  /**
   * The newest version of an asset: what {@code @latest} means.
   *
   * @param kind the collection, such as {@code models}
   */
  public Optional<ObjectNode> latest(String kind, String name) {
    return versions(kind, name, "&$top=1").stream().findFirst();
  }

  /** All versions of an asset that are not archived, the newest first. */
  public List<ObjectNode> versions(String kind, String name) {
    return versions(kind, name, "");
  }

  /** Also those that are archived. */
  public List<ObjectNode> allVersions(String kind, String name) {
    return versions(kind, name, "&listViewType=All");
  }

  private List<ObjectNode> versions(String kind, String name, String more) {
    return Lookup.find(
            () -> list(kind + "/" + name + "/versions", "$orderBy=createdtime%20desc" + more))
        .orElseGet(List::of);
  }

  /** The number that the next version of an asset will have. */
  public String nextVersion(String kind, String name) {
    return find(kind + "/" + name)
        .map(c -> c.path("properties").path("nextVersion").asText())
        .filter(v -> !v.isEmpty())
        .orElse("1");
  }

  /**
   * The jobs of a batch endpoint, or of one of its deployments, the newest first.
   *
   * @param path below the workspace, such as {@code batchEndpoints/x/deployments/y}
   */
  public List<JsonNode> jobsOf(String path) {
    String base = dataPlane.get() + "/mferp/managementfrontend" + id + "/" + path + "/jobs";
    return azure.machineLearning().list(base + "?api-version=2020-09-01-dataplanepreview");
  }

  /** Where the data plane of the workspace answers, found as Azure's own clients find it. */
  String dataPlane() {
    return dataPlane.get();
  }

  private MlopsException missing() {
    return MlopsException.failed(
        "WorkspaceNotFound",
        "workspace %s does not exist".formatted(name()),
        "Create it first: mlops bootstrap");
  }

  /**
   * The workspace itself.
   *
   * @throws MlopsException FAILED where it is not there
   */
  public ObjectNode require() {
    return find().orElseThrow(this::missing);
  }

  private String discover() {
    String discovery = require().path("properties").path("discoveryUrl").asText();
    return azure.machineLearning().get(discovery).path("api").asText();
  }

  /**
   * The container behind a datastore, opened with the datastore's own credential: its account key
   * or SAS where it has one, else as the one who is signed in.
   */
  public BlobContainerClient datastore(String name) {
    return datastores.computeIfAbsent(name, this::open);
  }

  private BlobContainerClient open(String name) {
    JsonNode properties = get("datastores/" + name).path("properties");
    String account = properties.path("accountName").asText();
    String container =
        properties.path("containerName").asText(properties.path("filesystem").asText());
    String type = properties.path("credentials").path("credentialsType").asText();
    if (!type.equals("AccountKey") && !type.equals("Sas")) {
      return azure.container(account, container);
    }
    JsonNode secrets = post("datastores/" + name + "/listSecrets");
    BlobServiceClientBuilder builder = azure.blobClients().account(account);
    if (type.equals("Sas")) {
      builder.sasToken(secrets.path("sasToken").asText());
    } else {
      builder.credential(new StorageSharedKeyCredential(account, secrets.path("key").asText()));
    }
    return builder.buildClient().getBlobContainerClient(container);
  }

  private static String version(String path) {
    return path.startsWith("jobs") ? JOBS_API_VERSION : API_VERSION;
  }
}
