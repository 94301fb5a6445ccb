package mlops.cli.session;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How far the clock of this machine is from that of Azure, as an answer of Azure shows. */
final class ClockSkew {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** What to do where an answer was refused and the clocks differ; empty where they agree. */
  static Optional<String> hint(HttpResponse response, Instant now) {
    String date = response.getHeaders().getValue(HttpHeaderName.DATE);
    return date == null ? Optional.empty() : hint(date, now);
  }

  /**
   * The same of the header {@code Date}.
   *
   * @param date as HTTP writes it
   */
  static Optional<String> hint(String date, Instant now) {
    try {
      Instant there = OffsetDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration behind = Duration.between(now, there);
      return behind.abs().compareTo(TOLERANCE) < 0
          ? Optional.empty()
          : Optional.of(
              "The clock of this machine is %d min %s Azure's, by which roles, tokens and signatures count: set it right, then run the command again."
                  .formatted(
                      behind.abs().toMinutes(), behind.isNegative() ? "ahead of" : "behind"));
    } catch (DateTimeException e) {
      return Optional.empty(); // no date after all
    }
  }

  private ClockSkew() {}
}
