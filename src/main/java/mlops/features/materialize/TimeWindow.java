package mlops.features.materialize;

import java.time.Duration;
import java.time.Instant;
import mlops.error.MlopsException;

/** From a start to an end, which does not belong to it. */
public record TimeWindow(Instant start, Instant end) {

  /**
   * A window that a user asks for.
   *
   * @throws MlopsException INVALID where it ends before it starts
   */
  public static TimeWindow of(Instant start, Instant end) {
    if (!start.isBefore(end)) {
      throw MlopsException.invalid(
          "The window from %s to %s holds nothing".formatted(start, end),
          "Give a start before its end; the end does not belong to the window.");
    }
    return new TimeWindow(start, end);
  }

  public boolean isEmpty() {
    return !start.isBefore(end);
  }

  /** As much of it as can be had: what happened within the delay may still be on its way. */
  TimeWindow until(Instant now, Duration delay) {
    Instant last = now.minus(delay);
    Instant stop = end.isAfter(last) ? last : end;
    return new TimeWindow(start, stop.isBefore(start) ? start : stop);
  }
}
