package mlops.azure.github;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.azure.AzureRetryPolicy;
import mlops.azure.RestClient;

/**
 * The login of a job at Entra, in one request: what GitHub says of the job, for a token of Azure.
 * The token itself is not kept.
 */
public final class TokenExchange {
  private static final String LOGIN = "https://login.microsoftonline.com/%s/oauth2/v2.0/token";

  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final HttpPipeline pipeline;

  public TokenExchange(HttpClient transport) {
    this.pipeline =
        new HttpPipelineBuilder()
            .policies(AzureRetryPolicy.of(PAUSE))
            .httpClient(transport)
            .build();
  }

  /**
   * What Entra answers.
   *
   * @param refusal its first line, such as {@code AADSTS700213: …}; empty where it lets the job in
   */
  public record Answer(String refusal) {
    public boolean isIn() {
      return refusal.isEmpty();
    }
  }

  /**
   * Tries it.
   *
   * @param token what GitHub says of the job
   */
  public Answer attempt(String tenant, String client, String token) {
    Map<String, String> form =
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            client,
            "scope",
            "https://management.azure.com/.default",
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            token);
    HttpRequest request = new HttpRequest(HttpMethod.POST, LOGIN.formatted(encoded(tenant)));
    request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.setBody(
        BinaryData.fromString(
            form.entrySet().stream()
                .map(e -> e.getKey() + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&"))));
    try (HttpResponse response = pipeline.sendSync(request, Context.NONE)) {
      return answer(response.getStatusCode(), response.getBodyAsBinaryData().toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer answer(int status, byte[] body) throws IOException {
    if (status == 200) {
      return new Answer("");
    }
    JsonNode said = RestClient.JSON.readTree(body);
    String words = said.path("error_description").asText(said.path("error").asText(""));
    return new Answer(words.lines().findFirst().orElse("status " + status));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
