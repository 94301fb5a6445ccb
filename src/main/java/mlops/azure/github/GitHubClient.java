package mlops.azure.github;

import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.azure.AzureConnection;
import mlops.azure.AzureRetryPolicy;
import mlops.azure.RestClient;
import org.jspecify.annotations.Nullable;

/**
 * JSON to and from the API of a GitHub. Pages and redirects are followed, limits waited for, and
 * what was read is asked for by its tag.
 */
public final class GitHubClient {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
  private static final int MOST_REDIRECTS = 5;
  private static final int EXISTS = 409;

  private final AzureConnection connection;
  private final GitHubSite site;
  private final HttpPipeline pipeline;
  private final LimitWait limits;
  private final RememberedAnswers answers = new RememberedAnswers();

  public GitHubClient(AzureConnection connection, GitHubSite site) {
    this.connection = connection;
    this.site = site;
    this.pipeline =
        new HttpPipelineBuilder()
            .policies(new UserAgentPolicy("mlops"), AzureRetryPolicy.of(connection.pollInterval()))
            .httpClient(connection.transport())
            .build();
    this.limits = new LimitWait(connection.pollInterval());
  }

  public GitHubSite site() {
    return site;
  }

  /**
   * What a path holds; empty where GitHub knows nothing there, or does not show it.
   *
   * @param path such as {@code /repos/octo-org/taxi}
   */
  public Optional<JsonNode> find(String path) {
    return look(path).map(GitHubClient::json);
  }

  public JsonNode get(String path) {
    return json(required(send(HttpMethod.GET, site.api() + path, null)));
  }

  /** The scopes of a classic token; empty where it is a fine-grained one. */
  public Optional<List<String>> scopes() {
    HttpResponse response = required(send(HttpMethod.GET, site.api() + "/user", null));
    return Optional.ofNullable(response.getHeaderValue(GitHubFailure.SCOPES))
        .map(scopes -> List.of(scopes.split(", ")));
  }

  /** Whether a path is there, such as the access of a team. */
  public boolean exists(String path) {
    return look(path).isPresent();
  }

  /**
   * A list, of all pages; empty where there is none.
   *
   * @param member that holds the list in each page
   */
  public List<JsonNode> list(String path, String member) {
    List<JsonNode> all = new ArrayList<>();
    Optional<HttpResponse> page = look(path + (path.contains("?") ? "&" : "?") + "per_page=100");
    while (page.isPresent()) {
      json(page.get()).path(member).forEach(all::add);
      String links = page.get().getHeaderValue(HttpHeaderName.LINK);
      Matcher next = NEXT.matcher(links == null ? "" : links);
      page =
          next.find()
              ? Optional.of(required(send(HttpMethod.GET, next.group(1), null)))
              : Optional.empty();
    }
    return all;
  }

  /**
   * The text that a path leads to, such as the log of a job; empty where there is none. The link
   * that GitHub gives is good for a minute, and gets no token.
   */
  public Optional<String> text(String path) {
    HttpResponse response = send(HttpMethod.GET, site.api() + path, null);
    String to = response.getHeaderValue(HttpHeaderName.LOCATION);
    if (isRedirect(response.getStatusCode()) && to != null) {
      response = pipeline.sendSync(new HttpRequest(HttpMethod.GET, to), Context.NONE).buffer();
    }
    return response.getStatusCode() == 404
        ? Optional.empty()
        : Optional.of(required(response).getBodyAsBinaryData().toString());
  }

  public JsonNode put(String path, JsonNode body) {
    return json(required(send(HttpMethod.PUT, site.api() + path, body)));
  }

  /**
   * Makes something. What is there already is a failure, unless this was sent again after an answer
   * that got lost: then it was made by that.
   */
  public JsonNode post(String path, JsonNode body) {
    AtomicBoolean repeated = new AtomicBoolean();
    HttpResponse response = send(HttpMethod.POST, site.api() + path, body, repeated);
    return json(
        response.getStatusCode() == EXISTS && repeated.get() ? response : required(response));
  }

  public void patch(String path, JsonNode body) {
    required(send(HttpMethod.PATCH, site.api() + path, body)).close();
  }

  /** Takes away what may be gone already. */
  public void delete(String path) {
    HttpResponse response = send(HttpMethod.DELETE, site.api() + path, null);
    if (response.getStatusCode() != 404) {
      required(response).close();
    }
  }

  private Optional<HttpResponse> look(String path) {
    HttpResponse response = send(HttpMethod.GET, site.api() + path, null);
    return response.getStatusCode() == 404 ? Optional.empty() : Optional.of(required(response));
  }

  /** A POST of what is there already is answered with 303: that is what was asked for. */
  private HttpResponse required(HttpResponse response) {
    int status = response.getStatusCode();
    if (status < 300 || status == 303) {
      return response;
    }
    throw GitHubFailure.of(response, json(response), site);
  }

  private HttpResponse send(HttpMethod method, String url, @Nullable JsonNode body) {
    return send(method, url, body, new AtomicBoolean());
  }

  private HttpResponse send(
      HttpMethod method, String url, @Nullable JsonNode body, AtomicBoolean repeated) {
    HttpResponse response = limits.until(() -> once(method, url, body, repeated));
    for (int i = 0; i < MOST_REDIRECTS && isRedirect(response.getStatusCode()); i++) {
      String to = response.getHeaderValue(HttpHeaderName.LOCATION);
      if (to == null || !to.startsWith(site.api() + "/")) {
        return response; // the token goes nowhere else
      }
      response = limits.until(() -> once(method, to, body, repeated));
    }
    return response;
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 307 || status == 308;
  }

  private HttpResponse once(
      HttpMethod method, String url, @Nullable JsonNode body, AtomicBoolean repeated) {
    HttpRequest request = new HttpRequest(method, url);
    request.setHeader(HttpHeaderName.ACCEPT, "application/vnd.github+json");
    request.setHeader(HttpHeaderName.fromString("X-GitHub-Api-Version"), "2022-11-28");
    String token =
        connection
            .credential()
            .getTokenSync(new TokenRequestContext().addScopes(site.scope()))
            .getToken();
    request.setHeader(HttpHeaderName.AUTHORIZATION, "Bearer " + token);
    if (body != null) {
      request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
      request.setBody(BinaryData.fromString(body.toString()));
    }
    answers.name(request);
    HttpResponse response = pipeline.sendSync(request, AzureRetryPolicy.telling(repeated));
    return answers.full(request, response.buffer());
  }

  private static JsonNode json(HttpResponse response) {
    byte[] bytes = response.getBodyAsBinaryData().toBytes();
    try {
      return bytes == null ? RestClient.JSON.missingNode() : RestClient.JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
