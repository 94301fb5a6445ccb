package mlops.azure;

import com.azure.core.exception.HttpResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import mlops.azure.time.Deadline;
import mlops.azure.time.Time;

/**
 * Makes what the service names itself, such as an application of the directory: sent twice, it
 * would be there twice. So where the answer is lost, it is looked for before it is sent again.
 */
public final class SingleCreation {
  private static final Set<Integer> LOST = Set.of(408, 500, 502, 503, 504);
  private static final int MOST = 5;

  private final RestClient once;
  private final Duration pollInterval;
  private final Time time;

  /**
   * @param once sends no change again
   */
  SingleCreation(RestClient once, AzureConnection connection) {
    this.once = once;
    this.pollInterval = connection.pollInterval();
    this.time = connection.time();
  }

  /**
   * What was made.
   *
   * @param made finds it where an earlier try has made it
   */
  public JsonNode post(String url, JsonNode body, Supplier<Optional<JsonNode>> made) {
    return made(() -> once.post(url, body), made);
  }

  /** The same of what is sent in another way, by something that sends no change again. */
  public <T> T made(Supplier<T> send, Supplier<Optional<T>> made) {
    for (int tries = 1; ; tries++) {
      try {
        return send.get();
      } catch (HttpResponseException | UncheckedIOException e) {
        if (!isLost(e)) {
          throw e;
        }
        pause(e);
        Optional<T> arrived = made.get();
        if (arrived.isPresent()) {
          return arrived.get();
        }
        if (tries == MOST) {
          throw e;
        }
      }
    }
  }

  /** Whether the request may have taken effect, or not. */
  public static boolean isLost(RuntimeException e) {
    return !(e instanceof HttpResponseException http) || LOST.contains(Lookup.status(http));
  }

  /** As long as the service asks for, and so long that a list may know what is new. */
  private void pause(RuntimeException e) {
    Duration asked =
        e instanceof HttpResponseException http
            ? RetryAfter.in(http.getResponse()).orElse(Duration.ZERO)
            : Duration.ZERO;
    Duration pause = asked.compareTo(pollInterval) > 0 ? asked : pollInterval;
    Deadline.wait(pause, time);
  }
}
