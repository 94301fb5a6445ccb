package mlops.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Azure's own clock is in each of its answers. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ClockSkewTest {
  private static final String DATE = "Sun, 29 Nov 2026 18:00:00 GMT";

  @Test
  void clocks_that_differ_are_told_with_how_much() {
    String behind = ClockSkew.hint(DATE, Instant.parse("2026-11-29T16:00:00Z")).orElseThrow();
    assertTrue(behind.contains("is 120 min behind Azure's"), behind);
    String ahead = ClockSkew.hint(DATE, Instant.parse("2026-11-29T18:07:00Z")).orElseThrow();
    assertTrue(ahead.contains("is 7 min ahead of Azure's"), ahead);
  }

  @Test
  void clocks_that_agree_and_dates_that_are_none_are_not() {
    assertEquals(Optional.empty(), ClockSkew.hint(DATE, Instant.parse("2026-11-29T18:04:00Z")));
    assertEquals(Optional.empty(), ClockSkew.hint("yesterday", Instant.EPOCH));
  }
}
