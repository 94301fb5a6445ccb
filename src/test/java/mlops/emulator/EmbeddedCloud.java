package mlops.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.models.AzureCloud;
import com.azure.core.util.Context;
import com.azure.resourcemanager.authorization.AuthorizationManager;
import com.azure.resourcemanager.msi.MsiManager;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.fluentcore.policy.ProviderRegistrationPolicy;
import com.azure.resourcemanager.storage.StorageManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import mlops.coverage.Witness;
import mlops.emulator.http.InProcessHttpClient;
import mlops.emulator.http.Json;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.token.Tokens;
import mlops.openapi.OpenApi;
import mlops.openapi.SpecCheckedHttpClient;
import reactor.core.publisher.Mono;

/** An embedded Azure in a folder of a test, and the Azure SDK on it. */
public final class EmbeddedCloud {
  public static final String SUBSCRIPTION = "/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION;
  public static final String ARM = "https://management.azure.com";

  private final EmbeddedAzure azure;
  private final SpecCheckedHttpClient http;
  private final Map<String, String> userTokens = new ConcurrentHashMap<>();

  private EmbeddedCloud(EmbeddedAzure azure, UnaryOperator<HttpClient> between) {
    this.azure = OpenClouds.opened(azure);
    HttpClient direct =
        between.apply(Witness.ofThisTest().on(new InProcessHttpClient(azure.router())));
    this.http = new SpecCheckedHttpClient(direct, OpenApi.load());
  }

  /** Opens one whose role assignments work at once. */
  public static EmbeddedCloud in(Path folder) {
    return in(folder, http -> http);
  }

  /** The same with something between the SDK and the embedded Azure, such as a recorder. */
  public static EmbeddedCloud in(Path folder, UnaryOperator<HttpClient> between) {
    return new EmbeddedCloud(
        EmbeddedAzure.open(
            TestKey.in(folder), EmbeddedAzureOptions.defaults().withRoleDelay(Duration.ZERO)),
        between);
  }

  /** One that is open already. */
  public static EmbeddedCloud on(EmbeddedAzure azure) {
    return new EmbeddedCloud(azure, http -> http);
  }

  public EmbeddedAzure azure() {
    return azure;
  }

  /** The transport; it holds each exchange against Microsoft's documents. */
  public HttpClient http() {
    return http;
  }

  /** Asks that all exchanges so far were as Microsoft's documents say. */
  public void assertAsDocumented() {
    assertEquals(List.of(), http.violations());
    assertTrue(http.checked() > 0, "no exchange was described by a document");
  }

  public AzureProfile profile() {
    return new AzureProfile(
        EmbeddedAzureOptions.TENANT,
        EmbeddedAzureOptions.SUBSCRIPTION,
        AzureCloud.AZURE_PUBLIC_CLOUD);
  }

  public ResourceManager resources() {
    return resources(credential());
  }

  public ResourceManager resources(TokenCredential credential) {
    return ResourceManager.configure()
        .withHttpClient(http)
        .authenticate(credential, profile())
        .withDefaultSubscription();
  }

  public StorageManager storage() {
    return storage(credential());
  }

  public StorageManager storage(TokenCredential credential) {
    return StorageManager.configure()
        .withHttpClient(http)
        .withPolicy(new ProviderRegistrationPolicy(resources(credential)))
        .authenticate(credential, profile());
  }

  public MsiManager identities() {
    return MsiManager.configure()
        .withHttpClient(http)
        .withPolicy(new ProviderRegistrationPolicy(resources()))
        .authenticate(credential(), profile());
  }

  public AuthorizationManager authorization() {
    return AuthorizationManager.configure()
        .withHttpClient(http)
        .authenticate(credential(), profile());
  }

  /** A token of the local user, one for all requests: to sign each its own takes time. */
  public String userToken(String audience) {
    return userTokens.computeIfAbsent(audience, azure::userToken);
  }

  /** Signs in as the local user. */
  public TokenCredential credential() {
    return request -> Mono.just(token(userToken(audience(request.getScopes().get(0)))));
  }

  /** Signs in with a token that is there already. */
  public TokenCredential bearer(String token) {
    return request -> Mono.just(token(token));
  }

  private AccessToken token(String token) {
    return new AccessToken(token, azure.tokenExpiry().atOffset(ZoneOffset.UTC));
  }

  private static String audience(String scope) {
    return scope.replace("/.default", "");
  }

  /** A token of any principal of the directory, such as a managed identity. */
  public String tokenOf(String objectId, String audience) {
    Directory directory = new Directory(azure.state());
    Tokens tokens =
        new Tokens(azure.state(), directory, EmbeddedAzureOptions.TENANT, Clock.systemUTC());
    return tokens.issue(directory.find(objectId).orElseThrow(), audience);
  }

  /** Sends one request of the local user as it is; the host decides the audience of its token. */
  public Answer send(String method, String url, String body) {
    String host = URI.create(encoded(url)).getHost();
    return send(method, url, body, userToken(audienceOf(host)));
  }

  private static String audienceOf(String host) {
    if (host.endsWith(".vault.azure.net")) {
      return "https://vault.azure.net";
    }
    return host.equals("graph.microsoft.com") ? "https://" + host : ARM;
  }

  /** Sends one request with this bearer token; an empty body is none. */
  public Answer send(String method, String url, String body, String token) {
    HttpRequest request = new HttpRequest(HttpMethod.valueOf(method), encoded(url));
    request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    if (url.startsWith("https://api.github.com/")) { // which answers no program without a name
      request.setHeader(HttpHeaderName.USER_AGENT, "mlops-test");
    }
    if (!body.isEmpty()) {
      request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
      request.setBody(body);
    }
    try (HttpResponse response = http.sendSync(request, Context.NONE)) {
      String text = response.getBodyAsBinaryData().toString();
      JsonNode json = text.isEmpty() ? Json.object() : Json.MAPPER.readTree(text);
      return new Answer(response.getStatusCode(), json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String encoded(String url) {
    return url.replace(" ", "%20").replace("'", "%27");
  }

  /** An answer with a JSON body; an empty object where there is none. */
  public record Answer(int status, JsonNode json) {

    /** Azure's code of a refusal. */
    public String code() {
      return json.at("/error/code").asText();
    }

    public String text(String pointer) {
      return json.at(pointer).asText();
    }
  }
}
