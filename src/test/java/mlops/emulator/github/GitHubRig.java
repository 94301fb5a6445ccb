package mlops.emulator.github;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.TestKey;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.GitHubToken;
import mlops.emulator.http.Json;
import mlops.openapi.Exchange;
import mlops.openapi.GitHubDescription;

/** A GitHub whose answers are all held against GitHub's own description. */
record GitHubRig(EmbeddedCloud cloud) {
  static final String TAXI = "/repos/octo-org/taxi";
  static final String OLD = "/repos/octo-org/old-taxi";

  /** An answer; an empty object where it has no body. */
  record Answer(int status, JsonNode json, HttpHeaders headers) {
    String text(String pointer) {
      return json.at(pointer).asText();
    }

    String header(String name) {
      String value = headers.getValue(HttpHeaderName.fromString(name));
      return value == null ? "" : value;
    }
  }

  static GitHubRig in(Path folder, GitHubPlan plan) {
    EmbeddedAzureOptions options =
        EmbeddedAzureOptions.defaults().withRoleDelay(Duration.ZERO).withPlan(plan);
    return new GitHubRig(EmbeddedCloud.on(EmbeddedAzure.open(TestKey.in(folder), options)));
  }

  GitHub github() {
    return cloud.azure().github();
  }

  /** A request of the person at the keyboard, with single quotes for double ones. */
  Answer send(String method, String path, String body) {
    return send(github().tokens().ofUser(), method, path, body);
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer send(GitHubToken token, String method, String path, String body) {
    return send(Map.of("Authorization", "Bearer " + token.value()), method, path, body);
  }

  Answer send(Map<String, String> headers, String method, String path, String body) {
    HttpRequest request =
        new HttpRequest(HttpMethod.valueOf(method), "https://api.github.com" + path);
    request.setHeader(HttpHeaderName.USER_AGENT, "mlops-test");
    headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
    String text = body.replace('\'', '"');
    if (!body.isEmpty()) {
      request.setBody(text);
    }
    try (HttpResponse response = cloud.http().sendSync(request, Context.NONE)) {
      JsonNode json = json(response.getBodyAsBinaryData().toString());
      hold(new Exchange(method, uri(request), json(text), response.getStatusCode(), json));
      return new Answer(
          response.getStatusCode(),
          json.isMissingNode() ? Json.object() : json,
          response.getHeaders());
    }
  }

  private static URI uri(HttpRequest request) {
    return URI.create(request.getUrl().toString());
  }

  /** What is asked by number is described where it is asked by name. */
  private static void hold(Exchange exchange) {
    boolean described = !exchange.url().getPath().startsWith("/repositories/");
    if (described && exchange.status() != 501 && exchange.status() != 304) {
      assertEquals(List.of(), GitHubDescription.load().violations(exchange));
    }
  }

  private static JsonNode json(String text) {
    try {
      return text.isEmpty() ? MissingNode.getInstance() : Json.MAPPER.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
