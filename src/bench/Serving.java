import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.azure.core.http.HttpClient;
import com.azure.core.http.ProxyOptions;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;

/** {@code ./mlops local serve} as users start it: a process of its own, reached by its socket. */
record Serving(Process process, int port, Path state, double readyMillis) implements AutoCloseable {
  static final String ARM = "management.azure.com";
  static final String ACCOUNT = "benchblobs";
  private static final String LOGIN = "login.microsoftonline.com";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What {@code mlops local env -o json} tells clients. */
  record Environment(JsonNode json, SSLContext trust) {
    String get(String name) {
      return json.path(name).asText();
    }
  }

  /** Starts it, and waits until it has answered a request: TLS and all. */
  static Serving start(Path state) throws Exception {
    int port = Azurite.freePort();
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(
                "./mlops", "local", "serve", "--port", "" + port, "--state", state.toString())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.to(new File(state + ".log")))
            .start();
    try {
      while (!answers(port, state.resolve("serve").resolve("ca.pem"))) {
        if (!process.isAlive() || System.nanoTime() - start > 120e9) {
          throw new IOException(
              "the service does not answer: " + Files.readString(Path.of(state + ".log")));
        }
        Thread.sleep(2);
      }
      return new Serving(process, port, state, (System.nanoTime() - start) / 1e6);
    } catch (Exception e) {
      process.destroy();
      throw e;
    }
  }

  private static boolean answers(int port, Path ca) throws Exception {
    if (!Files.exists(ca)) {
      return false;
    }
    try (Wire wire = Wire.tunnel(port, ARM, Identity.trusting(ca))) {
      byte[] ask =
          Wire.request("GET", ARM, "/metadata/endpoints?api-version=2022-09-01", "", new byte[0]);
      return wire.ask(ask).status() > 0;
    } catch (java.net.ConnectException e) {
      return false;
    }
  }

  /** Resident memory in MiB. */
  double memory() throws IOException {
    return memory(process.pid());
  }

  static double memory(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", "" + pid).start();
    return Double.parseDouble(new String(ps.getInputStream().readAllBytes(), ISO_8859_1).strip())
        / 1024;
  }

  Environment environment() throws Exception {
    Process env =
        new ProcessBuilder("./mlops", "local", "env", "-o", "json", "--state", state.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    JsonNode json = JSON.readTree(env.getInputStream());
    if (env.waitFor() != 0) {
      throw new IOException("mlops local env ended with " + env.exitValue());
    }
    return new Environment(json, Identity.trusting(Path.of(json.path("caFile").asText())));
  }

  /** Logs in with the secret that the environment holds. */
  String token(Environment environment) throws Exception {
    String form =
        "grant_type=client_credentials&scope=https%3A%2F%2Fmanagement.azure.com%2F.default&client_id="
            + environment.get("clientId")
            + "&client_secret="
            + URLEncoder.encode(environment.get("clientSecret"), StandardCharsets.UTF_8);
    byte[] ask =
        Wire.request(
            "POST",
            LOGIN,
            "/" + environment.get("tenantId") + "/oauth2/v2.0/token",
            "Content-Type: application/x-www-form-urlencoded\r\n",
            form.getBytes(ISO_8859_1));
    return ask(environment, LOGIN, ask).path("access_token").asText();
  }

  /** Asks the resource manager for something that must work. */
  JsonNode arm(Environment environment, String token, String method, String path, String body)
      throws Exception {
    return ask(environment, ARM, armRequest(token, method, path, body));
  }

  static byte[] armRequest(String token, String method, String path, String body) {
    return Wire.request(
        method,
        ARM,
        path + "?api-version=2023-01-01",
        "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n",
        body.getBytes(ISO_8859_1));
  }

  private JsonNode ask(Environment environment, String host, byte[] request) throws Exception {
    try (Wire wire = Wire.tunnel(port, host, environment.trust())) {
      Wire.Answer answer = wire.ask(request);
      if (answer.status() >= 300) {
        throw new IOException(host + " answers " + answer.status() + ": " + answer.body());
      }
      return answer.body().isEmpty() ? JSON.nullNode() : JSON.readTree(answer.body());
    }
  }

  /** The official client of a new storage account, through the proxy. */
  BlobServiceClient client(Environment environment, String token) throws Exception {
    String subscription = "/subscriptions/" + environment.get("subscriptionId");
    String account =
        subscription
            + "/resourceGroups/bench/providers/Microsoft.Storage/storageAccounts/"
            + ACCOUNT;
    arm(environment, token, "POST", subscription + "/providers/Microsoft.Storage/register", "");
    arm(
        environment,
        token,
        "PUT",
        subscription + "/resourceGroups/bench",
        "{\"location\":\"eastus2\"}");
    arm(
        environment,
        token,
        "PUT",
        account,
        "{\"location\":\"eastus2\",\"kind\":\"StorageV2\",\"sku\":{\"name\":\"Standard_LRS\"}}");
    JsonNode keys = arm(environment, token, "POST", account + "/listKeys", "");
    HttpClient http =
        new JdkHttpClientBuilder(
                java.net.http.HttpClient.newBuilder().sslContext(environment.trust()))
            .proxy(
                new ProxyOptions(
                    ProxyOptions.Type.HTTP,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
            .build();
    return new BlobServiceClientBuilder()
        .endpoint("https://" + ACCOUNT + ".blob.core.windows.net")
        .credential(new StorageSharedKeyCredential(ACCOUNT, keys.at("/keys/0/value").asText()))
        .httpClient(http)
        .buildClient();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
