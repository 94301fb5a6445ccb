package mlops.azure;

import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.HttpPipelinePolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.authorization.fluent.RoleAssignmentsClient;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.msi.fluent.UserAssignedIdentitiesClient;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluent.ResourceGroupsClient;
import com.azure.resourcemanager.storage.StorageManager;
import com.azure.resourcemanager.storage.fluent.StorageManagementClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Azure clients of one subscription, all on one connection and each made when first used. */
public final class Azure {
  private static final String ARM_SCOPE = "https://management.azure.com/.default";
  private static final String ML_SCOPE = "https://ml.azure.com/.default";
  private static final String GRAPH_SCOPE = "https://graph.microsoft.com/.default";

  private static final UserAgentPolicy USER_AGENT = new UserAgentPolicy("mlops");

  private final AzureConnection connection;
  private final AzureRetryPolicy retries;
  private final Lazy<ResourceManager> resources;
  private final Lazy<StorageManager> storage;
  private final Lazy<MsiManager> identities;
  private final Lazy<AuthorizationManager> authorization;
  private final ArmClient arm;
  private final RestClient machineLearning;
  private final RestClient scoring;
  private final RestClient graph;
  private final OperationClient registries;
  private final Lazy<SignedInPrincipal> signedIn;
  private final Map<String, BlobServiceClient> blobs = new ConcurrentHashMap<>();

  public Azure(AzureConnection connection) {
    this.connection = connection;
    this.retries = AzureRetryPolicy.of(connection.pollInterval()).in(connection.time());
    AzureProfile profile =
        new AzureProfile(null, connection.subscription(), AzureEnvironment.AZURE);
    HttpPipelinePolicy registration =
        new ProviderRegistration(
            new Lazy<>(() -> new RestClient(pipeline(ARM_SCOPE, null))), connection);
    HttpPipeline pipeline = pipeline(ARM_SCOPE, registration);
    this.resources =
        new Lazy<>(
            () ->
                ResourceManager.authenticate(pipeline, profile)
                    .withSubscription(connection.subscription()));
    this.storage = new Lazy<>(() -> StorageManager.authenticate(pipeline, profile));
    this.identities = new Lazy<>(() -> MsiManager.authenticate(pipeline, profile));
    this.authorization = new Lazy<>(() -> AuthorizationManager.authenticate(pipeline, profile));
    this.arm = new ArmClient(new RestClient(pipeline), connection);
    this.machineLearning = new RestClient(pipeline(ML_SCOPE, null));
    this.scoring = new RestClient(once(ML_SCOPE));
    this.graph = new RestClient(pipeline(GRAPH_SCOPE, null));
    this.registries =
        new OperationClient(
            new RestClient(once(ARM_SCOPE)), new RestClient(pipeline(ARM_SCOPE, null)), connection);
    this.signedIn = new Lazy<>(() -> SignedInPrincipal.by(connection.credential()));
  }

  /**
   * Makes the clients of the SDK, in a thread beside what the caller does next: the first of a
   * process take a quarter of a second of a processor. A command that uses them all asks for it.
   */
  public void prepare() {
    var unused =
        CompletableFuture.runAsync(
            () -> Stream.of(resources, storage, authorization, identities).forEach(Lazy::get));
  }

  public String subscription() {
    return connection.subscription();
  }

  /** {@code /subscriptions/{id}}, where ARM ids start. */
  public String subscriptionId() {
    return "/subscriptions/" + connection.subscription();
  }

  public AzureConnection connection() {
    return connection;
  }

  public SignedInPrincipal signedIn() {
    return signedIn.get();
  }

  public ResourceGroupsClient resourceGroups() {
    return resources.get().serviceClient().getResourceGroups();
  }

  public StorageManagementClient storage() {
    return storage.get().serviceClient();
  }

  public UserAssignedIdentitiesClient identities() {
    return identities.get().serviceClient().getUserAssignedIdentities();
  }

  public RoleAssignmentsClient roleAssignments() {
    return authorization.get().roleServiceClient().getRoleAssignments();
  }

  /** Resource types without an SDK: machine learning, key vaults, monitoring. */
  public ArmClient arm() {
    return arm;
  }

  /** The data plane of machine learning: run history, MLflow, batch scoring. */
  public RestClient machineLearning() {
    return machineLearning;
  }

  /** Batch scoring: nothing that may have arrived is sent twice, for each request makes a job. */
  public RestClient scoring() {
    return scoring;
  }

  /** The discovery and the asset service of registries. */
  public OperationClient registries() {
    return registries;
  }

  /** Microsoft Graph: applications and their credentials. */
  public RestClient graph() {
    return graph;
  }

  /** What is made in Microsoft Graph, and there once. */
  public SingleCreation creation() {
    return new SingleCreation(new RestClient(once(GRAPH_SCOPE)), connection);
  }

  /** Submits a job, whose address is its own; where the answer is lost, it is looked for. */
  public ObjectNode submit(String id, String apiVersion, JsonNode job) {
    ArmClient once = new ArmClient(new RestClient(once(ARM_SCOPE)), connection);
    return creation()
        .made(() -> once.createOrUpdate(id, apiVersion, job), () -> arm.find(id, apiVersion));
  }

  /** The blobs of a storage account, as the one who is signed in. */
  public BlobServiceClient blobs(String account) {
    return blobs.computeIfAbsent(
        account,
        name -> blobClients().account(name).credential(connection.credential()).buildClient());
  }

  /** Blobs that are opened with something else: a key, a signature. */
  public BlobClients blobClients() {
    return new BlobClients(connection.transport(), retries);
  }

  public BlobContainerClient container(String account, String container) {
    return blobs(account).getBlobContainerClient(container);
  }

  private HttpPipeline pipeline(String scope, @Nullable HttpPipelinePolicy registration) {
    List<HttpPipelinePolicy> policies = new ArrayList<>();
    policies.add(USER_AGENT);
    policies.add(new RequestIdPolicy());
    policies.add(retries);
    if (registration != null) {
      policies.add(registration);
    }
    policies.add(new BearerTokenAuthenticationPolicy(connection.credential(), scope));
    return new HttpPipelineBuilder()
        .policies(policies.toArray(HttpPipelinePolicy[]::new))
        .httpClient(connection.transport())
        .build();
  }

  private HttpPipeline once(String scope) {
    return new HttpPipelineBuilder()
        .policies(
            USER_AGENT,
            new RequestIdPolicy(),
            retries.withChangesOnce(),
            new BearerTokenAuthenticationPolicy(connection.credential(), scope))
        .httpClient(connection.transport())
        .build();
  }
}
