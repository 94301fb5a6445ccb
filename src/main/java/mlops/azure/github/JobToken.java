package mlops.azure.github;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import mlops.azure.AzureRetryPolicy;
import mlops.azure.RestClient;
import mlops.error.MlopsException;

/**
 * What GitHub says of a running job, signed, for Azure to read. It is good for five minutes.
 *
 * @param url where the job asks: {@code ACTIONS_ID_TOKEN_REQUEST_URL}
 * @param secret what it asks with: {@code ACTIONS_ID_TOKEN_REQUEST_TOKEN}
 */
public record JobToken(HttpPipeline pipeline, String url, String secret) {
  /** The variable that says where a job asks. */
  public static final String URL = "ACTIONS_ID_TOKEN_REQUEST_URL";

  /** The variable that holds what it asks with; both are there for jobs that may ask. */
  public static final String TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final String AUDIENCE = "api%3A%2F%2FAzureADTokenExchange";

  /** Whether the variables of a process are those of a job that may ask. */
  public static boolean isOffered(Map<String, String> variables) {
    return Stream.of(URL, TOKEN).noneMatch(name -> value(variables, name).isEmpty());
  }

  /** That of the job whose variables these are. */
  public static JobToken in(Map<String, String> variables, HttpClient transport) {
    return by(transport, value(variables, URL), value(variables, TOKEN));
  }

  private static String value(Map<String, String> variables, String name) {
    return variables.getOrDefault(name, "").strip();
  }

  private static JobToken by(HttpClient transport, String url, String secret) {
    return new JobToken(
        new HttpPipelineBuilder()
            .policies(AzureRetryPolicy.of(PAUSE))
            .httpClient(transport)
            .build(),
        url,
        secret);
  }

  /** A new one each time. */
  public String ask() {
    HttpRequest request = new HttpRequest(HttpMethod.GET, url + "&audience=" + AUDIENCE);
    request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + secret);
    try (HttpResponse response = pipeline.sendSync(request, Context.NONE)) {
      if (response.getStatusCode() != 200) {
        throw MlopsException.failed(
            "NoJobToken",
            "GitHub did not say who this job is; it answered " + response.getStatusCode(),
            "Run the job again. If that does not help: githubstatus.com tells whether GitHub is"
                + " well.");
      }
      byte[] answer = response.getBodyAsBinaryData().toBytes();
      return RestClient.JSON.readTree(answer).path("value").asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names no secret. */
  @Override
  public String toString() {
    return "token of a job, from " + url;
  }
}
