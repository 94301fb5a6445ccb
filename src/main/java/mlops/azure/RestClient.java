package mlops.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON over the Azure SDK's own pipeline (authentication, retries), where no SDK client exists. */
public final class RestClient {
  public static final ObjectMapper JSON = JsonMapper.builder().build();

  private final HttpPipeline pipeline;

  RestClient(HttpPipeline pipeline) {
    this.pipeline = pipeline;
  }

  HttpPipeline pipeline() {
    return pipeline;
  }

  public JsonNode get(String url) {
    return body(required(send(HttpMethod.GET, url, null, Map.of())));
  }

  /** Every item of a collection, page by page, as Azure links its pages or as OData does. */
  public List<JsonNode> list(String url) {
    List<JsonNode> found = new ArrayList<>();
    String next = url;
    while (!next.isEmpty()) {
      JsonNode page = get(next);
      page.path("value").forEach(found::add);
      next = page.path("nextLink").asText(page.path("@odata.nextLink").asText(""));
    }
    return found;
  }

  public JsonNode post(String url, @Nullable JsonNode body) {
    return post(url, body, Map.of());
  }

  /** Sends a POST with further headers; the answer is missing where there is no content. */
  public JsonNode post(String url, @Nullable JsonNode body, Map<String, String> headers) {
    return body(required(send(HttpMethod.POST, url, body, headers)));
  }

  /** Takes away what may be gone already. */
  public void delete(String url) {
    HttpResponse response = send(HttpMethod.DELETE, url, null, Map.of());
    if (response.getStatusCode() != 404) {
      required(response).close();
    }
  }

  /** Sends a request as it is; the caller looks at the status. */
  HttpResponse send(
      HttpMethod method, String url, @Nullable JsonNode body, Map<String, String> headers) {
    HttpRequest request = new HttpRequest(method, url);
    request.setHeader(HttpHeaderName.ACCEPT, "application/json");
    headers.forEach((name, value) -> request.setHeader(HttpHeaderName.fromString(name), value));
    if (body != null) {
      request.setHeader(HttpHeaderName.CONTENT_TYPE, "application/json");
      request.setBody(BinaryData.fromBytes(write(body)));
    }
    return pipeline.sendSync(request, Context.NONE);
  }

  /**
   * The answer if it is a success.
   *
   * @throws ManagementException with Azure's code and message otherwise
   */
  static HttpResponse required(HttpResponse response) {
    int status = response.getStatusCode();
    if (status >= 200 && status < 300) {
      return response;
    }
    HttpRequest request = response.getRequest();
    throw new ManagementException(
        "%s %s answered %d".formatted(request.getHttpMethod(), request.getUrl().getPath(), status),
        response.buffer(),
        error(response));
  }

  private static ManagementError error(HttpResponse response) {
    try {
      JsonNode error = body(response).path("error");
      if (error.isObject()) {
        return new ManagementError(
            error.path("code").asText("Unknown"), error.path("message").asText(""));
      }
    } catch (UncheckedIOException e) {
      return new ManagementError("HttpError", "the answer is not JSON: " + e.getMessage());
    }
    return new ManagementError("HttpError", "status " + response.getStatusCode());
  }

  static JsonNode body(HttpResponse response) {
    byte[] bytes = response.getBodyAsBinaryData().toBytes();
    try {
      return bytes == null ? JSON.missingNode() : JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ObjectNode object(HttpResponse response) {
    return body(response) instanceof ObjectNode object ? object : JSON.createObjectNode();
  }

  private static byte[] write(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
