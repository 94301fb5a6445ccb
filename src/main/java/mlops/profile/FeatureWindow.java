package mlops.profile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * The time for which values of features are computed ahead.
 *
 * @param to its end, which does not belong to it
 */
public record FeatureWindow(Instant from, Instant to) {
  private static final int DAY = "2026-03-04".length();

  /** A day, which is its start in UTC, or a time with an offset; empty where it is neither. */
  public static Optional<Instant> time(String text) {
    try {
      return Optional.of(
          text.length() == DAY
              ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
