package mlops.emulator;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.models.AzureCloud;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;
import mlops.emulator.http.InProcessHttpClient;
import mlops.emulator.http.Json;
import reactor.core.publisher.Mono;

/** An embedded Azure in a folder of a test, and what the Azure SDK needs to talk to it. */
public final class EmbeddedCloud {
  public static final String SUBSCRIPTION = "/subscriptions/" + Options.SUBSCRIPTION;

  private final EmbeddedAzure azure;
  private final HttpClient http;

  private EmbeddedCloud(EmbeddedAzure azure, HttpClient http) {
    this.azure = azure;
    this.http = http;
  }

  /** Opens one whose role assignments work at once. */
  public static EmbeddedCloud in(Path folder) {
    return in(folder, http -> http);
  }

  /** The same with something between the SDK and the embedded Azure, such as a recorder. */
  public static EmbeddedCloud in(Path folder, UnaryOperator<HttpClient> between) {
    EmbeddedAzure azure =
        EmbeddedAzure.open(folder, Options.defaults().withRoleDelay(Duration.ZERO));
    return new EmbeddedCloud(azure, between.apply(new InProcessHttpClient(azure.router())));
  }

  public EmbeddedAzure azure() {
    return azure;
  }

  public HttpClient http() {
    return http;
  }

  public AzureProfile profile() {
    return new AzureProfile(Options.TENANT, Options.SUBSCRIPTION, AzureCloud.AZURE_PUBLIC_CLOUD);
  }

  /** Signs in as the local user. */
  public TokenCredential credential() {
    return request -> {
      String scope = request.getScopes().get(0).replace("/.default", "");
      return Mono.just(
          new AccessToken(azure.userToken(scope), azure.tokenExpiry().atOffset(ZoneOffset.UTC)));
    };
  }

  /** Signs in with a token that is there already. */
  public static TokenCredential bearer(String token) {
    return request -> Mono.just(new AccessToken(token, java.time.OffsetDateTime.MAX));
  }

  /** Sends one request of the local user as it is; the host decides the audience of its token. */
  public Answer send(String method, String url, String body) {
    String host = java.net.URI.create(url.replace(" ", "%20").replace("'", "%27")).getHost();
    String audience =
        host.equals("graph.microsoft.com")
            ? "https://graph.microsoft.com"
            : "https://management.azure.com";
    return send(method, url, body, azure.userToken(audience));
  }

  public Answer send(String method, String url, String body, String token) {
    HttpRequest request =
        new HttpRequest(HttpMethod.valueOf(method), url.replace(" ", "%20").replace("'", "%27"));
    request.setHeader(com.azure.core.http.HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    if (!body.isEmpty()) {
      request.setHeader(com.azure.core.http.HttpHeaderName.CONTENT_TYPE, "application/json");
      request.setBody(body);
    }
    try (HttpResponse response = http.sendSync(request, Context.NONE)) {
      String text = response.getBodyAsBinaryData().toString();
      JsonNode json = text.isEmpty() ? Json.object() : Json.MAPPER.readTree(text);
      return new Answer(response.getStatusCode(), json, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer with a JSON body, or with none. */
  public record Answer(int status, JsonNode json, HttpResponse response) {
    public String code() {
      return json.at("/error/code").asText();
    }

    public ObjectNode object() {
      return (ObjectNode) json;
    }
  }
}
