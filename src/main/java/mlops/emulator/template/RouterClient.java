package mlops.emulator.template;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;
import mlops.emulator.http.Route;

/**
 * Sends the requests of a deployment to the same router that clients reach, in the name of who
 * deploys, so that a template can do nothing that its deployer may not.
 */
public final class RouterClient {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final int LOOKS = 6000;

  private final Function<Request, Response> router;
  private final HttpHeaders headers = new HttpHeaders();

  public RouterClient(Function<Request, Response> router, Request deployment) {
    this.router = router;
    String token = deployment.header("Authorization");
    headers.set(HttpHeaderName.AUTHORIZATION, token == null ? "" : token);
    headers.set(HttpHeaderName.CONTENT_TYPE, "application/json");
  }

  /**
   * PUT of a resource, and the wait until it is provisioned.
   *
   * @throws ApiException as the resource provider refused or failed
   */
  ObjectNode put(String id, String apiVersion, JsonNode body) {
    JsonNode answer = send("PUT", id, apiVersion, BinaryData.fromBytes(Json.bytes(body)));
    for (int i = 0; i < LOOKS; i++) {
      String provisioning =
          answer.at("/properties/provisioningState").asText("Succeeded").toLowerCase(Locale.ROOT);
      switch (provisioning) {
        case "succeeded" -> {
          return answer instanceof ObjectNode object ? object : Json.object();
        }
        case "failed", "canceled" -> throw failed(id, answer);
        default -> {
          LockSupport.parkNanos(LOOK_AGAIN.toNanos());
          answer = get(id, apiVersion);
        }
      }
    }
    throw new ApiException(
        409, "ResourceDeploymentFailure", "'%s' is still not provisioned.".formatted(id));
  }

  private static ApiException failed(String id, JsonNode resource) {
    JsonNode error = resource.at("/properties/error");
    return new ApiException(
        409,
        error.path("code").asText("ResourceDeploymentFailure"),
        error
            .path("message")
            .asText(
                "The resource operation for '%s' completed with terminal provisioning state 'Failed'."
                    .formatted(id)));
  }

  public ObjectNode get(String id, String apiVersion) {
    return (ObjectNode) send("GET", id, apiVersion, BinaryData.fromString(""));
  }

  /** A resource, where there is one. */
  Optional<ObjectNode> find(String id, String apiVersion) {
    try {
      return Optional.of(get(id, apiVersion));
    } catch (ApiException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  JsonNode post(String id, String apiVersion, JsonNode body) {
    return send("POST", id, apiVersion, BinaryData.fromBytes(Json.bytes(body)));
  }

  private JsonNode send(String method, String id, String apiVersion, BinaryData body) {
    String path = id.replace("%", "%25").replace(" ", "%20").replace("?", "%3F");
    Request request =
        Request.of(method, Route.ARM, path + "?api-version=" + apiVersion, headers, body);
    Response response = router.apply(request);
    JsonNode json = json(response);
    if (response.status() >= 400) {
      throw new ApiException(
          response.status(), json.at("/error/code").asText(), json.at("/error/message").asText());
    }
    return json;
  }

  private static JsonNode json(Response response) {
    try {
      byte[] bytes = response.body().toBytes();
      return bytes == null || bytes.length == 0 ? Json.object() : Json.MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      return Json.object(); // an answer that is not JSON says no more than its status
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
