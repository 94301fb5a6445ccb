package mlops.emulator.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.ChronoLocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dates of header fields (RFC 9110, 5.6.7): written with two digits of the day, which strict
 * clients ask for, and read in all three forms.
 */
public final class HttpDates {
  private static final int OLDEST_OF_TWO_DIGITS = 50;

  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private static final List<DateTimeFormatter> READ =
      List.of(
          DateTimeFormatter.RFC_1123_DATE_TIME,
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, oldest())
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.US)
              .withZone(ZoneOffset.UTC),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US)
              .withZone(ZoneOffset.UTC));

  /** What two digits of a year mean: the year that is at most so far away. */
  private static ChronoLocalDate oldest() {
    return LocalDate.now(ZoneOffset.UTC).minusYears(OLDEST_OF_TWO_DIGITS);
  }

  /** Such as {@code Sun, 03 May 2026 07:05:00 GMT}. */
  public static String write(Instant time) {
    return WRITTEN.format(time);
  }

  /** The time that a text means; empty where it is no date. */
  public static Optional<Instant> read(String text) {
    return READ.stream().flatMap(form -> read(text.strip(), form).stream()).findFirst();
  }

  private static Optional<Instant> read(String text, DateTimeFormatter form) {
    try {
      return Optional.of(ZonedDateTime.parse(text, form).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty(); // it is of another form, or no date
    }
  }

  private HttpDates() {}
}
