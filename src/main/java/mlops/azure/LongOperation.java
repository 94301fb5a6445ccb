package mlops.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.management.exception.ManagementError;
import com.azure.core.management.exception.ManagementException;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import mlops.azure.time.Deadline;
import mlops.azure.time.GrowingPause;
import mlops.azure.time.Time;
import mlops.error.MlopsException;

/**
 * Long-running operations, as Resource Manager's rules for asynchronous operations have them: by
 * the status that {@code Azure-AsyncOperation} names, by a {@code Location} that answers 202 until
 * all is done, or by the state of the resource itself. Nothing is asked before {@code Retry-After}
 * has passed; where a service says nothing, the pauses grow with what was waited.
 */
final class LongOperation {
  private static final HttpHeaderName STATUS = HttpHeaderName.fromString("Azure-AsyncOperation");
  private static final Set<String> FAILED = Set.of("failed", "canceled", "cancelled");
  private static final String SUCCEEDED = "succeeded";

  /** Several times what each takes on Azure at most. */
  private static final Map<String, Duration> LIMITS =
      Map.of(
          "storageaccounts", Duration.ofMinutes(15),
          "vaults", Duration.ofMinutes(15),
          "workspaces", Duration.ofMinutes(30),
          "computes", Duration.ofMinutes(30),
          "batchendpoints", Duration.ofMinutes(30),
          "jobs", Duration.ofMinutes(30));

  /** Groups with all that is in them, deployments with their environments, registries. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final RestClient rest;
  private final Duration pollInterval;
  private final Time time;
  private final HttpResponse first;
  private final Deadline deadline;
  private final long began;

  /**
   * @param first the answer to what began it, with its body read
   */
  LongOperation(RestClient rest, Duration pollInterval, Time time, HttpResponse first) {
    this.rest = rest;
    this.pollInterval = pollInterval;
    this.time = time;
    this.first = first;
    this.deadline = Deadline.in(limit(), time);
    this.began = time.nanos();
  }

  /**
   * Waits until it has ended.
   *
   * @return whether the first answer did not have the result yet
   * @throws ManagementException with Azure's reason where it failed
   * @throws MlopsException FAILED where its deadline is over
   */
  boolean await() {
    String status = first.getHeaderValue(STATUS);
    if (status != null) {
      return follow(status, true) || !state(first).equals(SUCCEEDED);
    }
    String location = first.getHeaderValue(HttpHeaderName.LOCATION);
    if (first.getStatusCode() == 202 && location != null) {
      return follow(location, false);
    }
    if (first.getStatusCode() == 202 && first.getRequest().getHttpMethod() == HttpMethod.PUT) {
      return follow(first.getRequest().getUrl().toString(), true);
    }
    String state = state(first);
    if (first.getRequest().getHttpMethod() == HttpMethod.DELETE || isOver(state)) {
      if (FAILED.contains(state)) {
        throw failed(state, RestClient.body(first));
      }
      return false;
    }
    return follow(first.getRequest().getUrl().toString(), true);
  }

  /**
   * Asks again and again.
   *
   * @param states whether the answer tells a state; else its status does
   * @return whether it went on when first asked
   */
  private boolean follow(String from, boolean states) {
    String url = from;
    HttpResponse answer = first;
    for (int looks = 1; ; looks++) {
      pause(answer);
      answer = RestClient.required(rest.send(HttpMethod.GET, url, null, Map.of())).buffer();
      String state = states ? state(answer) : SUCCEEDED;
      if (FAILED.contains(state)) {
        throw failed(state, RestClient.body(answer));
      }
      if (answer.getStatusCode() != 202 && isOver(state)) {
        return looks > 1;
      }
      String next = answer.getHeaderValue(states ? STATUS : HttpHeaderName.LOCATION);
      url = next == null ? url : next;
    }
  }

  private void pause(HttpResponse answer) {
    if (deadline.isOver()) {
      throw unended();
    }
    Deadline.wait(RetryAfter.in(answer).orElseGet(this::ownPause), time);
  }

  private Duration ownPause() {
    return GrowingPause.after(Duration.ofNanos(time.nanos() - began), pollInterval);
  }

  /** In small letters: that of an operation, or of a resource; one that tells none is done. */
  private static String state(HttpResponse answer) {
    JsonNode body = RestClient.body(answer);
    String told = body.path("status").isTextual() ? body.path("status").asText() : "";
    String made = body.path("properties").path("provisioningState").asText(SUCCEEDED);
    return (told.isEmpty() ? made : told).toLowerCase(Locale.ROOT);
  }

  private static boolean isOver(String state) {
    return state.equals(SUCCEEDED) || FAILED.contains(state);
  }

  private Duration limit() {
    return LIMITS.getOrDefault(kind().toLowerCase(Locale.ROOT), LONGEST);
  }

  /** The type of what is made, as its address has it, such as {@code workspaces}. */
  private String kind() {
    String[] parts = first.getRequest().getUrl().getPath().split("/", -1);
    return parts.length > 2 ? parts[parts.length - 2] : "";
  }

  private MlopsException unended() {
    HttpRequest request = first.getRequest();
    return MlopsException.failed(
        "OperationNotEnded",
        "%s %s was accepted, and has not ended after %d minutes, which is long for %s"
            .formatted(
                request.getHttpMethod(), request.getUrl().getPath(), limit().toMinutes(), kind()),
        "Azure may still be at it: look at it in the portal, and run the command again. It goes on where it stopped.");
  }

  private ManagementException failed(String state, JsonNode body) {
    HttpRequest request = first.getRequest();
    JsonNode error = body.path("error");
    return new ManagementException(
        "%s %s ended as %s".formatted(request.getHttpMethod(), request.getUrl().getPath(), state),
        first,
        new ManagementError("OperationFailed", error.path("message").asText("no reason given")));
  }
}
