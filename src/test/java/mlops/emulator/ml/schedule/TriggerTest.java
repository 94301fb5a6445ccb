package mlops.emulator.ml.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import mlops.emulator.http.ApiException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** When schedules fire. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TriggerTest {
  private static final TimeZones ZONES = new TimeZones();

  private static Trigger trigger(String yaml) {
    try {
      return Trigger.of((ObjectNode) new YAMLMapper().readTree(yaml), ZONES);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Trigger cron(String expression, String more) {
    return trigger(
        "{triggerType: Cron, expression: '%s', startTime: '2026-01-01T00:00:00'%s}"
            .formatted(expression, more));
  }

  private static Trigger every(String frequency, String more) {
    return trigger(
        "{triggerType: Recurrence, frequency: %s, interval: 2, startTime: '2026-01-05 06:30:10'%s}"
            .formatted(frequency, more));
  }

  /** The first times of a trigger, without their zone. */
  private static List<String> times(Trigger trigger, String after, int number) {
    List<String> times = new ArrayList<>();
    Optional<Instant> at = Optional.of(Instant.parse(after));
    for (int n = 0; n < number && at.isPresent(); n++) {
      at = trigger.next(at.get());
      at.ifPresent(time -> times.add(time.toString()));
    }
    return times;
  }

  @Test
  void a_cron_expression_has_minutes_hours_and_days_of_the_week() {
    assertEquals(
        List.of("2026-01-05T16:15:00Z", "2026-01-12T16:15:00Z"),
        times(cron("15 16 * * 1", ""), "2026-01-01T00:00:00Z", 2));
    assertEquals(
        List.of("2026-01-02T08:00:00Z", "2026-01-02T08:20:00Z", "2026-01-02T08:40:00Z"),
        times(cron("*/20 8-9 * * FRI,sun", ""), "2026-01-02T00:00:00Z", 3));
    assertEquals(
        List.of("2026-01-02T00:05:00Z"),
        times(cron("5 0 31 12 *", ""), "2026-01-01T12:00:00Z", 1),
        "days and months are ignored, as Azure documents");
  }

  @Test
  void what_is_no_expression_is_told() {
    for (String wrong :
        List.of("* * * *", "61 * * * *", "* 5-3 * * *", "*/0 * * * *", "a * * * *")) {
      ApiException e = assertThrows(ApiException.class, () -> cron(wrong, ""), wrong);
      assertEquals(400, e.status());
      assertTrue(e.toString().contains("'" + wrong + "'"), e::toString);
    }
    ApiException zone =
        assertThrows(ApiException.class, () -> cron("* * * * *", ", timeZone: Mars Time"));
    assertTrue(zone.toString().contains("Mars Time"), zone::toString);
  }

  @Test
  void a_clock_that_is_put_forward_or_back_fires_once() {
    Trigger pacific = cron("30 2 * * *", ", timeZone: Pacific Standard Time");
    assertEquals( // 2026-03-08: 02:30 does not exist, 03:30 is 10:30 in UTC
        List.of("2026-03-07T10:30:00Z", "2026-03-08T10:30:00Z", "2026-03-09T09:30:00Z"),
        times(pacific, "2026-03-07T00:00:00Z", 3));
    Trigger back = cron("30 1 * * *", ", timeZone: Pacific Standard Time");
    assertEquals( // 2026-11-01: 01:30 comes twice
        List.of("2026-11-01T08:30:00Z", "2026-11-02T09:30:00Z"),
        times(back, "2026-11-01T00:00:00Z", 2));
  }

  @Test
  void a_recurrence_counts_from_its_start() {
    assertEquals(
        List.of("2026-01-05T06:30:10Z", "2026-01-05T06:32:10Z"),
        times(every("minute", ""), "2025-01-01T00:00:00Z", 2));
    assertEquals(
        List.of("2026-01-07T06:30:10Z", "2026-01-09T06:30:10Z"),
        times(every("day", ""), "2026-01-05T06:30:10Z", 2));
    assertEquals(
        List.of("2026-01-06T04:00:00Z", "2026-01-06T04:30:00Z", "2026-01-19T04:00:00Z"),
        times(
            every(
                "week", ", schedule: {hours: [4], minutes: [0, 30], weekDays: [Monday, Tuesday]}"),
            "2026-01-05T06:30:10Z",
            3));
    assertEquals(
        List.of("2026-01-31T06:00:00Z", "2026-03-31T06:00:00Z", "2026-05-31T06:00:00Z"),
        times(
            every("month", ", schedule: {hours: [6], minutes: [0], monthDays: [31]}"),
            "2026-01-01T00:00:00Z",
            3));
  }

  @Test
  void it_ends() {
    assertEquals(
        List.of("2026-01-05T06:30:10Z", "2026-01-07T06:30:10Z"),
        times(every("day", ", endTime: '2026-01-07T06:30:10'"), "2026-01-01T00:00:00Z", 5));
  }

  /** Every time is later than the one before, matches its expression, and none is left out. */
  @Test
  void any_expression_fires_at_all_its_minutes_and_at_no_other() {
    Random random = new Random(7);
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    for (int n = 0; n < 40; n++) {
      int minute = random.nextInt(60);
      int hour = random.nextInt(4, 24); // never a time that is left out
      int day = random.nextInt(7);
      Trigger one =
          cron("%d %d * * %d".formatted(minute, hour, day), ", timeZone: W. Europe Standard Time");
      Instant after = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(40_000_000));
      ZonedDateTime at = one.next(after).orElseThrow().atZone(berlin);
      assertTrue(at.toInstant().isAfter(after));
      assertEquals(
          minute + " " + hour + " " + day,
          at.getMinute() + " " + at.getHour() + " " + at.getDayOfWeek().getValue() % 7);
      assertTrue(!at.minusDays(7).toInstant().isAfter(after), () -> one + " after " + after);
    }
  }
}
