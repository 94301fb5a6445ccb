package mlops.azure;

import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.azure.time.Time;
import org.jspecify.annotations.Nullable;

/**
 * Azure Resource Manager by ids and JSON, for resource types without an SDK in this project. Every
 * failure is a {@link ManagementException} with Azure's code.
 */
public final class ArmClient {
  private static final String HOST = "https://management.azure.com";

  private final RestClient rest;
  private final Duration pollInterval;
  private final Time time;

  ArmClient(RestClient rest, AzureConnection connection) {
    this.rest = rest;
    this.pollInterval = connection.pollInterval();
    this.time = connection.time();
  }

  /** The resource with this ARM id, or empty where Azure answers 404. */
  public Optional<ObjectNode> find(String id, String apiVersion) {
    HttpResponse response = rest.send(HttpMethod.GET, url(id, apiVersion), null, Map.of());
    if (response.getStatusCode() == 404) {
      response.close();
      return Optional.empty();
    }
    return Optional.of(RestClient.object(RestClient.required(response)));
  }

  public ObjectNode get(String id, String apiVersion) {
    HttpResponse response = rest.send(HttpMethod.GET, url(id, apiVersion), null, Map.of());
    return RestClient.object(RestClient.required(response));
  }

  /** Every resource of a collection, page by page. {@code query} goes into the address as it is. */
  public List<ObjectNode> list(String collection, String apiVersion, String query) {
    String first = url(collection, apiVersion) + (query.isEmpty() ? "" : "&" + query);
    return rest.list(first).stream().map(ObjectNode.class::cast).toList();
  }

  /**
   * Creates or updates a resource and waits until Azure has done it; the resource as it then is.
   */
  public ObjectNode createOrUpdate(String id, String apiVersion, JsonNode body) {
    return change(HttpMethod.PUT, id, apiVersion, body);
  }

  public ObjectNode update(String id, String apiVersion, JsonNode body) {
    return change(HttpMethod.PATCH, id, apiVersion, body);
  }

  /** Deletes a resource and waits until it is gone. One that is gone already is fine. */
  public void delete(String id, String apiVersion) {
    HttpResponse response = rest.send(HttpMethod.DELETE, url(id, apiVersion), null, Map.of());
    if (response.getStatusCode() == 404) {
      response.close();
      return;
    }
    await(RestClient.required(response).buffer());
  }

  /** An action on a resource, such as {@code …/listKeys}. */
  public JsonNode post(String path, String apiVersion, @Nullable JsonNode body) {
    return rest.post(url(path, apiVersion), body);
  }

  private ObjectNode change(HttpMethod method, String id, String apiVersion, JsonNode body) {
    HttpResponse first =
        RestClient.required(rest.send(method, url(id, apiVersion), body, Map.of())).buffer();
    ObjectNode answer = RestClient.object(first);
    return await(first) ? get(id, apiVersion) : answer;
  }

  /** Waits for a long-running operation. Says whether the result is still to be fetched. */
  private boolean await(HttpResponse first) {
    return new LongOperation(rest, pollInterval, time, first).await();
  }

  private static String url(String id, String apiVersion) {
    return HOST + id + (id.indexOf('?') < 0 ? "?" : "&") + "api-version=" + apiVersion;
  }
}
