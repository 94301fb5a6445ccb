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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.http.InProcessHttpClient;

/**
 * What the runner of jobs costs: jobs that do nothing, beside a bare shell loop, and batch scoring,
 * beside a bare Python process that predicts the same files.
 *
 * <pre>
 * ./mvnw -q package -DskipTests
 * java -cp target/mlops.jar src/bench/JobsBench.java [files to score] [workers]
 * </pre>
 */
final class JobsBench {
  private static final int JOBS = 50;
  private static final int ROWS = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ARM = "https://management.azure.com";
  private static final String GROUP =
      "/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION + "/resourceGroups/rg-bench";
  private static final String PROVIDERS = GROUP + "/providers/Microsoft.";
  private static final String WORKSPACE = PROVIDERS + "MachineLearningServices/workspaces/ml-bench";

  private final EmbeddedAzure azure;
  private final InProcessHttpClient http;

  private JobsBench(EmbeddedAzure azure) {
    this.azure = azure;
    this.http = new InProcessHttpClient(azure.router());
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int files = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int workers =
        arguments.length > 1
            ? Integer.parseInt(arguments[1])
            : Runtime.getRuntime().availableProcessors();
    Path folder = Files.createTempDirectory("jobs-bench");
    EmbeddedAzure azure =
        EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults().withRoleDelay(Duration.ZERO));
    try {
      JobsBench bench = new JobsBench(azure);
      bench.setUp();
      bench.jobs();
      bench.scoring(files, workers);
    } finally {
      azure.endJobs();
      try (Stream<Path> walk = Files.walk(folder)) {
        walk.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
      }
    }
    System.exit(0);
  }

  private void setUp() throws IOException {
    for (String provider : List.of("MachineLearningServices", "Storage", "KeyVault", "Insights")) {
      send(
          "POST",
          ARM
              + "/subscriptions/"
              + EmbeddedAzureOptions.SUBSCRIPTION
              + "/providers/Microsoft."
              + provider
              + "/register",
          "");
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
        WORKSPACE,
        "{'location':'eastus2','identity':{'type':'SystemAssigned'},'properties':{'storageAccount':'%sStorage/storageAccounts/mlbench','keyVault':'%sKeyVault/vaults/mlbench','applicationInsights':'%sInsights/components/mlbench'}}"
            .formatted(PROVIDERS, PROVIDERS, PROVIDERS));
    put(
        WORKSPACE + "/computes/cpu",
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS3_V2','scaleSettings':{'minNodeCount':0,'maxNodeCount':50,'nodeIdleTimeBeforeScaleDown':'PT120S'}}}}");
    put(WORKSPACE + "/environments/plain/versions/1", "{'properties':{'image':'none'}}");
    put(
        WORKSPACE + "/environments/sklearn/versions/1",
        "{'properties':{'image':'none','condaFile':'dependencies: [{pip: [scikit-learn,"
            + " pandas]}]'}}");
  }

  private void jobs() throws IOException, InterruptedException {
    for (int i = 0; i < 5; i++) {
      run("warm" + i, command("plain", "true", ""));
    }
    long start = System.nanoTime();
    for (int i = 0; i < JOBS; i++) {
      run("single" + i, command("plain", "true", ""));
    }
    double single = millis(start) / JOBS;
    StringBuilder nodes = new StringBuilder();
    put(
        WORKSPACE + "/components/nothing/versions/1",
        "{'properties':{'componentSpec':{'name':'nothing','version':'1','type':'command','is_deterministic':false,'command':'true','environment':'azureml:%s/environments/plain/versions/1'}}}"
            .formatted(WORKSPACE));
    for (int i = 0; i < JOBS; i++) {
      nodes
          .append(i == 0 ? "" : ",")
          .append(
              "'job%d':{'type':'command','componentId':'%s/components/nothing/versions/1'}"
                  .formatted(i, WORKSPACE));
    }
    start = System.nanoTime();
    run(
        "pipeline",
        "{'properties':{'jobType':'Pipeline','settings':{'default_compute':'%s/computes/cpu'},'jobs':{%s}}}"
            .formatted(WORKSPACE, nodes));
    double pipeline = millis(start);
    start = System.nanoTime();
    new ProcessBuilder("bash", "-c", "for i in $(seq " + JOBS + "); do bash -c true; done")
        .inheritIO()
        .start()
        .waitFor();
    double loop = millis(start);
    say("a command job that does nothing        %8.1f ms, submitted to seen ended", single);
    say("one of %d in a pipeline                %8.1f ms", JOBS, pipeline / JOBS);
    say("one of %d in a bare shell loop         %8.1f ms", JOBS, loop / JOBS);
    say(
        "overhead of the runner                 %8.1f ms a job (to reach: under 150)",
        (pipeline - loop) / JOBS);
  }

  private void scoring(int files, int workers) throws IOException {
    String outputs =
        ",'outputs':{'model':{'jobOutputType':'mlflow_model'},'data':{'jobOutputType':'uri_folder'}}";
    run(
        "make",
        command(
            "sklearn", python("make") + " ${{outputs.model}} ${{outputs.data}} " + files, outputs));
    String made = "azureml://datastores/workspaceblobstore/paths/azureml/make/";
    String inputs =
        ",'inputs':{'model':{'jobInputType':'uri_folder','uri':'"
            + made
            + "model/'},'data':{'jobInputType':'uri_folder','uri':'"
            + made
            + "data/'}}";
    run(
        "bare",
        command(
            "sklearn",
            python("bare") + " ${{inputs.model}} ${{inputs.data}}",
            inputs + ",'environmentVariables':{'OMP_NUM_THREADS':'1'}"));
    double bare = Double.parseDouble(log("bare").replaceAll("(?s).*SECONDS (\\S+).*", "$1"));
    put(
        WORKSPACE + "/models/bench/versions/1",
        "{'properties':{'modelType':'mlflow_model','modelUri':'" + made + "model/'}}");
    String endpoint = WORKSPACE + "/batchEndpoints/bench-score";
    put(endpoint, "{'location':'eastus2','properties':{'authMode':'AADToken'}}");
    put(
        endpoint + "/deployments/one",
        "{'location':'eastus2','properties':{'model':{'referenceType':'Id','assetId':'%s/models/bench/versions/1'},'compute':'%s/computes/cpu','miniBatchSize':5,'maxConcurrencyPerInstance':%d,'retrySettings':{'maxRetries':3,'timeout':'PT5M'},'environmentVariables':{'OMP_NUM_THREADS':'1'}}}"
            .formatted(WORKSPACE, WORKSPACE, workers));
    put(
        endpoint,
        "{'location':'eastus2','properties':{'authMode':'AADToken','defaults':{'deploymentName':'one'}}}");
    String uri =
        send("GET", ARM + endpoint + "?api-version=2024-04-01", "")
            .at("/properties/scoringUri")
            .asText();
    String input = "{'uri':'%sdata/','jobInputType':'UriFolder'}".formatted(made);
    String body = "{'properties':{'inputData':{'in':%s}}}".formatted(input);
    String token = azure.userToken("https://ml.azure.com");
    String job = send("POST", uri, body.replace('\'', '"'), token).path("name").asText();
    await(job);
    double seconds = seconds(job);
    double rows = (double) files * ROWS;
    say("bare Python process                    %8.0f rows/s", rows / bare);
    say("batch scoring with %d workers           %8.0f rows/s", workers, rows / seconds);
    int used = Math.min(workers, Runtime.getRuntime().availableProcessors());
    say(
        "ratio to the bare process times %d      %8.2f (to reach: 0.8)",
        used, bare / seconds / used);
  }

  /** From the first worker's start to the last result in storage. */
  private double seconds(String job) {
    JsonNode run = azure.state().read(WORKSPACE + "/runs/" + job).orElseThrow();
    return Duration.between(
                Instant.parse(run.path("startTimeUtc").asText()),
                Instant.parse(run.path("endTimeUtc").asText()))
            .toMillis()
        / 1e3;
  }

  private String log(String job) throws IOException {
    JsonNode store =
        azure
            .state()
            .read(WORKSPACE + "/datastores/workspaceblobstore")
            .orElseThrow()
            .path("properties");
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

  /** The program beside this one as a command. */
  private static String python(String what) throws IOException {
    String program =
        Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of("src/bench/scoring.py")));
    return "python -c \"import base64; exec(base64.b64decode('%s'))\" %s".formatted(program, what);
  }

  private static String command(String environment, String line, String more) {
    return "{'properties':{'jobType':'Command','computeId':'%s/computes/cpu','environmentId':'%s/environments/%s/versions/1','command':%s%s}}"
        .formatted(WORKSPACE, WORKSPACE, environment, quoted(line), more);
  }

  /** A JSON text in a body whose quotes are single ones. */
  private static String quoted(String line) {
    return "'" + line.replace("\\", "\\\\").replace("\"", "\\u0022").replace("'", "\\u0027") + "'";
  }

  private void run(String job, String body) throws IOException {
    put(WORKSPACE + "/jobs/" + job, body);
    await(job);
  }

  private void await(String job) {
    while (true) {
      JsonNode run = azure.state().read(WORKSPACE + "/runs/" + job).orElseThrow();
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

  private void put(String id, String body) throws IOException {
    send("PUT", ARM + id + "?api-version=2024-04-01", body.replace('\'', '"'));
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

  private static double millis(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void say(String line, Object... values) {
    System.out.println(line.formatted(values).formatted(Locale.ROOT));
  }
}
