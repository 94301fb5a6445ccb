package mlops.emulator.serve.wire;

import java.time.Duration;

/**
 * What one client may take of the service.
 *
 * @param connections at once; a further one is closed
 * @param headBytes of a request line and its header together
 * @param headerFields of one request
 * @param head time until a begun request line and header are complete
 * @param idle time that a connection may stay open between requests
 * @param body time without a byte of a body that was announced
 * @param rest time without a byte of a body that is not needed for the answer
 * @param drain unread bytes of a body that are skipped to keep a connection open
 * @param grace time that requests under way have when the service ends
 */
public record ServeLimits(
    int connections,
    int headBytes,
    int headerFields,
    Duration head,
    Duration idle,
    Duration body,
    Duration rest,
    long drain,
    Duration grace) {

  public static ServeLimits defaults() {
    return new ServeLimits(
        512,
        64 * 1024,
        200,
        Duration.ofSeconds(15),
        Duration.ofSeconds(120),
        Duration.ofSeconds(60),
        Duration.ofSeconds(2),
        256 * 1024,
        Duration.ofSeconds(5));
  }

  /** The same for a service whose clients end before it does. */
  public ServeLimits ofFleeting(int connections) {
    return new ServeLimits(
        connections, headBytes, headerFields, head, idle, body, rest, drain, Duration.ZERO);
  }

  /** The same with other waiting times. */
  public ServeLimits withTimes(Duration head, Duration idle, Duration body) {
    return new ServeLimits(
        connections, headBytes, headerFields, head, idle, body, rest, drain, grace);
  }
}
