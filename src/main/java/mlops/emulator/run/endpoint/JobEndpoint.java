package mlops.emulator.run.endpoint;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.ml.job.Experiments;
import mlops.emulator.run.process.DaemonThreads;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.JobPrincipal;
import mlops.emulator.run.record.RunnerServices;
import mlops.emulator.state.StateTree;

/**
 * The ports of the loopback interface on which the processes of one job reach the embedded Azure:
 * one for MLflow and identities, and a proxy for the hosts of Azure.
 */
public final class JobEndpoint implements AutoCloseable {
  private static final Pattern REGISTRY =
      Pattern.compile("azureml://[^/]+/mlflow/v[12]\\.0(/subscriptions/.+/registries/[^/]+)/?");
  private static final int BACKLOG = 128;

  /** Else the body of each answer waits until its head is acknowledged: 40 ms. */
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  private final HttpServer server;
  private final JobProxy proxy;
  private final JobTokens tokens;
  private final JobId job;
  private final String workspaceId;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(DaemonThreads.daemon("job endpoint"));

  private JobEndpoint(
      HttpServer server, JobProxy proxy, JobRequests requests, JobId job, String workspaceId) {
    this.server = server;
    this.proxy = proxy;
    this.tokens = requests.tokens();
    this.job = job;
    this.workspaceId = workspaceId;
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, requests));
    server.start();
  }

  /** Begins to listen, on any free port. */
  public static JobEndpoint open(RunnerServices services, JobId job) throws IOException {
    StateTree state = services.state();
    String submitter = JobPrincipal.submitter(state, job).objectId();
    JsonNode workspace = state.read(job.workspace()).orElseGet(Json::object);
    String region = workspace.path("location").asText("local");
    JobTokens tokens =
        new JobTokens(services.reachable(), job, submitter, services.clock().instant());
    JobRequests requests =
        new JobRequests(services.reachable(), tokens, region + ".api.azureml.ms", job.workspace());
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    System.setProperty(NO_DELAY, "true"); // read once, by the first server of the process
    return new JobEndpoint(
        HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG),
        JobProxy.open(state, services.reachable().router(), services.clock(), System.getenv()),
        requests,
        job,
        workspace.at("/properties/workspaceId").asText());
  }

  /**
   * The variables by which a run finds this endpoint.
   *
   * @param identity that of the compute, where it has one
   * @param user on whose behalf the run works, where it asks for that
   */
  public Map<String, String> variables(
      String runId,
      String experiment,
      Optional<JobPrincipal> identity,
      Optional<JobPrincipal> user) {
    String url = url();
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("MLFLOW_TRACKING_URI", url + "/mlflow/v2.0" + job.workspace());
    variables.put("MLFLOW_TRACKING_TOKEN", tokens.runToken());
    variables.put("MLFLOW_RUN_ID", runId);
    String experimentId = Experiments.id(job.workspace(), experiment);
    variables.put("MLFLOW_EXPERIMENT_ID", experimentId);
    variables.put("MLFLOW_EXPERIMENT_NAME", experiment);
    variables.putAll(SdkVariables.of(url, tokens.runToken(), workspaceId, experimentId));
    identity.ifPresent(
        i -> {
          variables.put("MSI_ENDPOINT", url + IdentityTokens.COMPUTE);
          variables.put("MSI_SECRET", tokens.secretFor(i.objectId()));
          tokens
              .clientId(i.objectId())
              .ifPresent(id -> variables.put("DEFAULT_IDENTITY_CLIENT_ID", id));
        });
    user.ifPresent(
        u -> {
          String secret = tokens.secretFor(u.objectId());
          variables.put("OBO_ENDPOINT", url + IdentityTokens.USER + secret);
          variables.put("AZUREML_OBO_ENABLED", "True");
        });
    return variables;
  }

  /**
   * Gives a run its way to the hosts of Azure, with what it needs in files.
   *
   * @param variables of the run, those of its job among them; they are changed
   */
  public void connect(JobFolder folder, Map<String, String> variables) {
    variables.computeIfPresent("MLFLOW_REGISTRY_URI", (name, uri) -> registry(uri));
    try {
      WorkspaceConfig.write(job, folder);
      variables.putAll(proxy.admit(tokens.secret(), folder, variables));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Where MLflow asks for the models of a registry, which a job names as the registry does: {@code
   * azureml://HOST/mlflow/v1.0/subscriptions/…}.
   */
  private String registry(String uri) {
    Matcher named = REGISTRY.matcher(uri);
    return named.matches() ? url() + "/mlflow/v2.0" + named.group(1) : uri;
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, JobRequests requests) throws IOException {
    try (exchange) {
      Response response = response(request(exchange), requests);
      response.headers().forEach(h -> exchange.getResponseHeaders().set(h.getName(), h.getValue()));
      BinaryData body = response.body();
      Long length = body.getLength();
      boolean empty = length != null && length == 0;
      exchange.sendResponseHeaders(response.status(), empty ? -1 : length == null ? 0 : length);
      if (!empty) {
        try (InputStream from = body.toStream();
            OutputStream to = exchange.getResponseBody()) {
          from.transferTo(to);
        }
      }
    }
  }

  private static Request request(HttpExchange exchange) {
    HttpHeaders headers = new HttpHeaders();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.set(HttpHeaderName.fromString(name), values));
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    BinaryData body =
        length == null
            ? BinaryData.fromStream(exchange.getRequestBody())
            : BinaryData.fromStream(exchange.getRequestBody(), Long.parseLong(length));
    return Request.of(
        exchange.getRequestMethod(),
        "localhost",
        exchange.getRequestURI().toString(),
        headers,
        body);
  }

  private static Response response(Request request, JobRequests requests) {
    try {
      return requests.answer(request);
    } catch (ApiException e) {
      ObjectNode body = Json.object().put("error_code", e.code()).put("message", e.message());
      body.putObject("error").put("code", e.code()).put("message", e.message()); // azureml-core's
      return Response.json(e.status(), body);
    } catch (RuntimeException e) {
      return Response.json(
          500,
          Json.object()
              .put("error_code", "INTERNAL_ERROR")
              .put("message", "The embedded Azure has a bug here: " + e));
    }
  }

  @Override
  public void close() {
    server.stop(0);
    proxy.close();
    threads.shutdownNow();
  }
}
