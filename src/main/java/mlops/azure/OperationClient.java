package mlops.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import mlops.azure.time.Deadline;
import mlops.azure.time.Time;
import mlops.error.MlopsException;

/**
 * The asset service of registries: what is asked is accepted with 202 and followed by its {@code
 * Location} until it has ended. A change is sent once: whether one whose answer was lost took
 * effect is for the caller to look at.
 */
public final class OperationClient {
  /** As long as the service says that an operation may take. */
  private static final Duration LIMIT = Duration.ofHours(1);

  private final RestClient once;
  private final RestClient rest;
  private final Duration pollInterval;
  private final Time time;
  private final Map<String, JsonNode> discovered = new ConcurrentHashMap<>();

  OperationClient(RestClient once, RestClient rest, AzureConnection connection) {
    this.once = once;
    this.rest = rest;
    this.pollInterval = connection.pollInterval();
    this.time = connection.time();
  }

  /** What a discovery tells; asked once, for it changes only with the regions of a registry. */
  public JsonNode discovery(String url) {
    return discovered.computeIfAbsent(url, rest::get);
  }

  /** Reads, and asks what changes nothing. */
  public RestClient reading() {
    return rest;
  }

  /** What lies at an address, or empty where Azure answers 404. */
  public Optional<ObjectNode> find(String url) {
    HttpResponse response = rest.send(HttpMethod.GET, url, null, Map.of());
    if (response.getStatusCode() == 404) {
      response.close();
      return Optional.empty();
    }
    return Optional.of(RestClient.object(RestClient.required(response)));
  }

  /** Sends a change and waits until it has ended. */
  public void post(String url, JsonNode body) {
    change(HttpMethod.POST, url, body);
  }

  /** Creates or replaces and waits until it has ended. */
  public void put(String url, JsonNode body) {
    change(HttpMethod.PUT, url, body);
  }

  private void change(HttpMethod method, String url, JsonNode body) {
    HttpResponse answer = RestClient.required(once.send(method, url, body, Map.of()));
    Deadline deadline = Deadline.in(LIMIT, time);
    String location = location(answer, "");
    while (answer.getStatusCode() == 202) {
      answer.close();
      if (deadline.isOver() || location.isEmpty()) {
        throw MlopsException.failed(
            "OperationNotEnded",
            location.isEmpty()
                ? "%s %s was accepted, and no address was given to follow it".formatted(method, url)
                : "%s %s was accepted, and has not ended after %d minutes"
                    .formatted(method, url, LIMIT.toMinutes()),
            "Run it again: it looks first.");
      }
      Deadline.wait(RetryAfter.in(answer).orElse(pollInterval), time);
      answer = RestClient.required(rest.send(HttpMethod.GET, location, null, Map.of()));
      location = location(answer, location);
    }
    answer.close();
  }

  /** An answer may say where to ask from then on. */
  private static String location(HttpResponse answer, String before) {
    String said = answer.getHeaderValue(HttpHeaderName.LOCATION);
    return said == null ? before : said;
  }
}
