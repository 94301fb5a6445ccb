import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.http.InProcessHttpClient;

/**
 * A workspace of an embedded Azure in this process, for the benchmarks of jobs. Bodies are JSON
 * with single quotes.
 */
final class BenchWorkspace implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ARM = "https://management.azure.com";
  private static final String SUBSCRIPTION = "/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION;
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/rg-bench";
  private static final String PROVIDERS = GROUP + "/providers/Microsoft.";
  static final String ID = PROVIDERS + "MachineLearningServices/workspaces/ml-bench";

  private final Scratch scratch;
  private final EmbeddedAzure azure;
  private final InProcessHttpClient http;

  private BenchWorkspace(Scratch scratch, EmbeddedAzure azure) {
    this.scratch = scratch;
    this.azure = azure;
    this.http = new InProcessHttpClient(azure.router());
  }

  static BenchWorkspace make() throws IOException {
    Scratch scratch = Scratch.make("jobs-bench");
    BenchWorkspace made =
        new BenchWorkspace(
            scratch,
            EmbeddedAzure.open(
                scratch.resolve("azure"),
                EmbeddedAzureOptions.defaults().withRoleDelay(Duration.ZERO)));
    made.setUp();
    return made;
  }

  private void setUp() throws IOException {
    for (String provider : List.of("MachineLearningServices", "Storage", "KeyVault", "Insights")) {
      send("POST", ARM + SUBSCRIPTION + "/providers/Microsoft." + provider + "/register", "");
    }
    put(GROUP, "{'location':'eastus2'}");
    put(
        PROVIDERS + "Storage/storageAccounts/mlbench",
        "{'location':'eastus2','sku':{'name':'Standard_LRS'},'kind':'StorageV2'}");
    put(
        PROVIDERS + "KeyVault/vaults/mlbench",
        "{'location':'eastus2','properties':{'tenantId':'"
            + EmbeddedAzureOptions.TENANT
            + "','sku':{'family':'A','name':'standard'},'accessPolicies':[]}}");
    put(
        PROVIDERS + "Insights/components/mlbench",
        "{'location':'eastus2','kind':'web','properties':{'Application_Type':'web'}}");
    put(
        ID,
        "{'location':'eastus2','identity':{'type':'SystemAssigned'},'properties':{'storageAccount':'%sStorage/storageAccounts/mlbench','keyVault':'%sKeyVault/vaults/mlbench','applicationInsights':'%sInsights/components/mlbench'}}"
            .formatted(PROVIDERS, PROVIDERS, PROVIDERS));
    put(
        ID + "/computes/cpu",
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS3_V2','scaleSettings':{'minNodeCount':0,'maxNodeCount':50,'nodeIdleTimeBeforeScaleDown':'PT120S'}}}}");
    put(ID + "/environments/plain/versions/1", "{'properties':{'image':'none'}}");
  }

  /** An environment of these packages, as a list. */
  void environment(String name, String packages) throws IOException {
    put(
        ID + "/environments/" + name + "/versions/1",
        "{'properties':{'image':'none','condaFile':'dependencies: [{pip: [%s]}]'}}"
            .formatted(packages));
  }

  /** The properties of a command job, and more of them. */
  static String command(String environment, String line, String more) {
    return "{'properties':{'jobType':'Command','computeId':'%s/computes/cpu','environmentId':'%s/environments/%s/versions/1','command':%s%s}}"
        .formatted(ID, ID, environment, quoted(line), more);
  }

  /** A program below this folder as a command. */
  static String python(String program, String words) throws IOException {
    byte[] content = Files.readAllBytes(Path.of("src/bench", program));
    return "python -c \"import base64; exec(base64.b64decode('%s'))\" %s"
        .formatted(Base64.getEncoder().encodeToString(content), words);
  }

  /** A JSON text in a body whose quotes are single ones. */
  static String quoted(String line) {
    String escaped = line.replace("\\", "\\\\").replace("\"", "\\u0022");
    return "'" + escaped.replace("'", "\\u0027") + "'";
  }

  /** Runs a job to its end, which must be a good one. */
  void run(String job, String body) throws IOException {
    put(ID + "/jobs/" + job, body);
    await(job);
  }

  void await(String job) {
    while (true) {
      JsonNode run = document("runs/" + job);
      String status = run.path("status").asText();
      if (status.equals("Completed")) {
        return;
      }
      if (status.equals("Failed")) {
        throw new IllegalStateException(job + ": " + run.path("error"));
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  /** From the start of a run to its end. */
  double seconds(String run) {
    JsonNode found = document("runs/" + run);
    Instant start = Instant.parse(found.path("startTimeUtc").asText());
    return Duration.between(start, Instant.parse(found.path("endTimeUtc").asText())).toMillis()
        / 1e3;
  }

  /** A document of the state below the workspace. */
  private JsonNode document(String path) {
    return azure.state().read(ID + "/" + path).orElseThrow();
  }

  String log(String job) throws IOException {
    JsonNode store = document("datastores/workspaceartifactstore").path("properties");
    return Files.readString(
        azure
            .blobs()
            .find(
                store.path("accountName").asText(),
                store.path("containerName").asText(),
                "ExperimentRun/dcid." + job + "/user_logs/std_log.txt")
            .orElseThrow()
            .content());
  }

  /** The URL of a path in the workspace's own container. */
  String https(String path) {
    JsonNode store = document("datastores/workspaceblobstore").path("properties");
    return "https://%s.blob.core.windows.net/%s/%s"
        .formatted(store.path("accountName").asText(), store.path("containerName").asText(), path);
  }

  void put(String id, String body) throws IOException {
    send("PUT", ARM + id + "?api-version=2024-04-01", body.replace('\'', '"'));
  }

  JsonNode get(String id) throws IOException {
    return send("GET", ARM + id + "?api-version=2024-04-01", "");
  }

  /** Invokes a batch endpoint with a folder; the name of the job. */
  String invoke(String endpoint, String folder) throws IOException {
    String uri = get(endpoint).at("/properties/scoringUri").asText();
    String body =
        "{'properties':{'inputData':{'in':{'uri':'%s','jobInputType':'UriFolder'}}}}"
            .formatted(folder);
    String token = azure.userToken("https://ml.azure.com");
    return send("POST", uri, body.replace('\'', '"'), token).path("name").asText();
  }

  private JsonNode send(String method, String url, String body) throws IOException {
    return send(method, url, body, azure.userToken(ARM));
  }

  private JsonNode send(String method, String url, String body, String token) throws IOException {
    String whole = url.contains("api-version") ? url : url + "?api-version=2024-04-01";
    HttpRequest request = new HttpRequest(HttpMethod.valueOf(method), whole);
    request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json").setBody(body);
    try (HttpResponse response = http.sendSync(request, Context.NONE)) {
      String text = response.getBodyAsBinaryData().toString();
      if (response.getStatusCode() / 100 != 2) {
        throw new IllegalStateException(
            method + " " + url + ": " + response.getStatusCode() + " " + text);
      }
      return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
    }
  }

  static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  static void say(String line, Object... values) {
    System.out.println(String.format(Locale.ROOT, line, values));
  }

  @Override
  public void close() throws IOException {
    azure.endJobs();
    scratch.close();
  }
}
