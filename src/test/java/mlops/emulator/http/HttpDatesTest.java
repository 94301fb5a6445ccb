package mlops.emulator.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Dates on the first nine days of a month, which strict clients refuse with one digit. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class HttpDatesTest {
  private static final Instant THIRD = Instant.parse("2026-05-03T07:05:09Z");
  private static final String WRITTEN = "Sun, 03 May 2026 07:05:09 GMT";

  @Test
  void a_day_has_two_digits() {
    assertEquals(WRITTEN, HttpDates.write(THIRD));
    assertEquals(Optional.of(THIRD), HttpDates.read(WRITTEN));
    assertEquals(Optional.of(THIRD), HttpDates.read("Sun, 3 May 2026 07:05:09 GMT"));
  }

  @Test
  void so_it_has_in_every_answer() {
    Router router =
        new Router(
            List.of(),
            (permission, request) -> Caller.ANONYMOUS,
            Clock.fixed(THIRD, ZoneOffset.UTC));
    Request request =
        Request.of("GET", Route.ARM, "/", new HttpHeaders(), BinaryData.fromBytes(new byte[0]));
    assertEquals(WRITTEN, router.handle(request).headers().getValue(HttpHeaderName.DATE));
  }

  @Test
  void two_digits_of_a_year_mean_the_nearest_one() {
    assertEquals(
        Optional.of(Instant.parse("1994-11-06T08:49:37Z")),
        HttpDates.read("Sunday, 06-Nov-94 08:49:37 GMT"));
    assertEquals(
        Optional.of(Instant.parse("2026-05-03T07:05:09Z")),
        HttpDates.read("Sunday, 03-May-26 07:05:09 GMT"));
    assertEquals(Optional.empty(), HttpDates.read("Monday, 03-May-26 07:05:09 GMT"));
  }
}
