package mlops.azure;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a service asks to be left alone: seconds, milliseconds in Azure's own headers, or a
 * date.
 */
public final class RetryAfter {
  private static final List<HttpHeaderName> MILLIS =
      List.of(HttpHeaderName.RETRY_AFTER_MS, HttpHeaderName.X_MS_RETRY_AFTER_MS);

  /** What an answer asks for; empty where it asks for nothing that can be read. */
  public static Optional<Duration> in(@Nullable HttpResponse response) {
    if (response == null) {
      return Optional.empty();
    }
    for (HttpHeaderName name : MILLIS) {
      Optional<Duration> millis = number(response.getHeaderValue(name)).map(Duration::ofMillis);
      if (millis.isPresent()) {
        return millis;
      }
    }
    String said = response.getHeaderValue(HttpHeaderName.RETRY_AFTER);
    return number(said).map(Duration::ofSeconds).or(() -> until(said));
  }

  private static Optional<Long> number(@Nullable String text) {
    return text != null && text.strip().matches("\\d{1,9}")
        ? Optional.of(Long.parseLong(text.strip()))
        : Optional.empty();
  }

  private static Optional<Duration> until(@Nullable String date) {
    if (date == null) {
      return Optional.empty();
    }
    try {
      Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration left = Duration.between(Instant.now(), then);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private RetryAfter() {}
}
