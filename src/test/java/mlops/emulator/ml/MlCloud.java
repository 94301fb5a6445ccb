package mlops.emulator.ml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.arm.ResourceManager;
import mlops.emulator.arm.role.RoleDelay;
import mlops.emulator.blob.auth.StorageCredentialCheck;
import mlops.emulator.blob.store.Blob;
import mlops.emulator.blob.store.BlobStore;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Tokens;
import mlops.emulator.ml.workspace.DatastoreAccess;
import mlops.emulator.ml.workspace.DatastoreSecrets;
import mlops.emulator.state.StateTree;

/** An embedded Azure with a workspace in it, asked by plain requests of the local user. */
final class MlCloud {
  static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-ml";
  static final String WORKSPACE =
      GROUP + "/providers/Microsoft.MachineLearningServices/workspaces/ml-one";
  static final String API = "https://eastus2.api.azureml.ms";
  private static final String ARM = "https://management.azure.com";

  private final EmbeddedCloud cloud;

  private MlCloud(EmbeddedCloud cloud) {
    this.cloud = cloud;
  }

  /** Opens one with a resource group and what a workspace needs, but no workspace. */
  static MlCloud empty(Path folder) {
    return empty(folder, http -> http);
  }

  static MlCloud empty(Path folder, UnaryOperator<HttpClient> between) {
    MlCloud ml = new MlCloud(EmbeddedCloud.in(folder, between));
    for (String provider :
        new String[] {
          "MachineLearningServices",
          "Storage",
          "KeyVault",
          "Insights",
          "OperationalInsights",
          "ManagedIdentity"
        }) {
      ml.post(EmbeddedCloud.SUBSCRIPTION + "/providers/Microsoft." + provider + "/register", "");
    }
    ml.put(GROUP, "{'location':'eastus2'}");
    ml.made(
        "Microsoft.Storage/storageAccounts/mlone",
        "{'location':'eastus2','sku':{'name':'Standard_LRS'},'kind':'StorageV2'}");
    ml.made(
        "Microsoft.KeyVault/vaults/mlone",
        "{'location':'eastus2','properties':{'tenantId':'11111111-1111-1111-1111-111111111111','sku':{'family':'A','name':'standard'},'accessPolicies':[]}}");
    ml.made(
        "Microsoft.Insights/components/mlone",
        "{'location':'eastus2','kind':'web','properties':{'Application_Type':'web'}}");
    return ml;
  }

  /** Opens one with the workspace {@code ml-one}. */
  static MlCloud in(Path folder) {
    MlCloud ml = empty(folder);
    assertEquals(200, ml.put(WORKSPACE, ml.workspaceBody("Dev Workspace")).status());
    return ml;
  }

  String workspaceBody(String friendlyName) {
    String providers = GROUP + "/providers/Microsoft.";
    return "{'location':'eastus2','identity':{'type':'SystemAssigned'},'properties':{'friendlyName':'%s','storageAccount':'%sStorage/storageAccounts/mlone','keyVault':'%sKeyVault/vaults/mlone','applicationInsights':'%sInsights/components/mlone'}}"
        .formatted(friendlyName, providers, providers, providers);
  }

  private void made(String id, String body) {
    Answer answer = put(GROUP + "/providers/" + id, body);
    assertEquals(2, answer.status() / 100, () -> id + ": " + answer.json());
  }

  EmbeddedCloud cloud() {
    return cloud;
  }

  /** An answer; its JSON is an empty object where it has no body. */
  record Answer(int status, JsonNode json, HttpHeaders headers) {
    String code() {
      return json.at("/error/code").asText();
    }

    String text(String pointer) {
      return json.at(pointer).asText();
    }

    String header(String name) {
      String value = headers.getValue(HttpHeaderName.fromString(name));
      return value == null ? "" : value;
    }
  }

  /** Sends a request; single quotes of the body stand for double ones. */
  Answer send(String method, String path, String body) {
    return send(method, path, body, cloud.userToken(ARM), Map.of());
  }

  /** The same with a token and headers of one's own. */
  Answer send(String method, String path, String body, String token, Map<String, String> headers) {
    return sendAsIs(method, path, body.replace('\'', '"'), token, headers);
  }

  /** The same where single quotes of the body stand for themselves. */
  Answer sendAsIs(String method, String path, String body) {
    return sendAsIs(method, path, body, cloud.userToken(ARM), Map.of());
  }

  Answer sendAsIs(
      String method, String path, String body, String token, Map<String, String> headers) {
    String url = path.startsWith("https://") ? path : ARM + path;
    String version =
        url.startsWith(ARM) && !url.contains("api-version")
            ? (url.contains("?") ? "&" : "?") + "api-version=2024-04-01"
            : "";
    String whole = (url + version).replace(" ", "%20").replace("'", "%27").replace("`", "%60");
    HttpRequest request = new HttpRequest(HttpMethod.valueOf(method), whole);
    request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
    if (!body.isEmpty()) {
      request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
      request.setBody(body);
    }
    try (HttpResponse response = cloud.http().sendSync(request, Context.NONE)) {
      String text = response.getBodyAsBinaryData().toString();
      JsonNode json = text.isEmpty() ? Json.object() : Json.MAPPER.readTree(text);
      return new Answer(response.getStatusCode(), json, response.getHeaders());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks that all exchanges so far were as Microsoft's documents say. */
  void assertAsDocumented() {
    cloud.assertAsDocumented();
  }

  /** Sends a request as someone without any role. */
  Answer sendAsStranger(String method, String path, String body) {
    Directory directory = new Directory(cloud.azure().state());
    Tokens tokens =
        new Tokens(
            cloud.azure().state(), directory, EmbeddedAzureOptions.TENANT, Clock.systemUTC());
    Principal stranger = directory.managedIdentity("stranger", "/none");
    String audience = path.startsWith("https://") ? "https://ml.azure.com" : ARM;
    return send(method, path, body, tokens.issue(stranger, audience), Map.of());
  }

  /** Puts a blob of one line into the default datastore of the workspace. */
  void blob(String path) {
    String guid = get(WORKSPACE).text("/properties/workspaceId");
    cloud
        .azure()
        .blobs()
        .put("mlone", "azureml-blobstore-" + guid, path, "1\n".getBytes(UTF_8), "text/plain");
  }

  /** The text of a file in a folder of the default datastore. */
  String text(String uri, String file) {
    String guid = get(WORKSPACE).text("/properties/workspaceId");
    String folder = uri.replaceFirst("azureml://datastores/workspaceblobstore/paths/", "");
    return cloud
        .azure()
        .blobs()
        .find("mlone", "azureml-blobstore-" + guid, folder + file)
        .map(MlCloud::text)
        .orElseThrow(() -> new AssertionError("there is no " + folder + file));
  }

  static String text(Blob blob) {
    try {
      return Files.readString(blob.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The secrets of datastores, as jobs use them. */
  DatastoreAccess datastoreAccess() {
    StateTree state = cloud.azure().state();
    BlobStore blobs = cloud.azure().blobs();
    Directory directory = new Directory(state);
    Clock clock = Clock.systemUTC();
    Tokens tokens = new Tokens(state, directory, EmbeddedAzureOptions.TENANT, clock);
    ResourceManager arm =
        new ResourceManager(
            state,
            directory,
            tokens,
            EmbeddedAzureOptions.TENANT,
            id -> id,
            new RoleDelay(Duration.ZERO, Clock.systemUTC()),
            clock);
    return new DatastoreAccess(
        state,
        new DatastoreSecrets(state, name -> Optional.of(blobs.account(name))),
        new StorageCredentialCheck(state, blobs, arm.access()));
  }

  /** Waits until a job has ended: the job then. */
  JsonNode await(String job) {
    return await(job, 300);
  }

  /** Waits until something is so. */
  void until(BooleanSupplier so) {
    Instant end = Instant.now().plus(Duration.ofSeconds(60));
    while (!so.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("it did not happen within a minute");
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  JsonNode await(String job, int seconds) {
    Instant end = Instant.now().plus(Duration.ofSeconds(seconds));
    while (true) {
      JsonNode now = get(job).json();
      if (now.at("/properties/status").asText().matches("Completed|Failed|Canceled")) {
        return now;
      }
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("the job did not end in time: " + now);
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer put(String path, String body) {
    return send("PUT", path, body);
  }

  Answer patch(String path, String body) {
    return send("PATCH", path, body);
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }
}
