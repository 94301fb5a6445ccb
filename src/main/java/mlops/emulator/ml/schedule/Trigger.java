package mlops.emulator.ml.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import mlops.emulator.ml.resource.MlErrors;

/**
 * When a schedule fires.
 *
 * @param start nothing before it
 * @param end nothing after it, if there is one
 */
record Trigger(Timetable times, ZoneId zone, Instant start, Optional<Instant> end) {

  /**
   * Reads one that has a start.
   *
   * @throws mlops.emulator.http.ApiException 400 or 501 where it is none
   */
  static Trigger of(JsonNode trigger, TimeZones zones) {
    ZoneId zone = zones.find(trigger.path("timeZone").asText("UTC"));
    Instant start = time("startTime", trigger.path("startTime").asText(), zone);
    Timetable times =
        switch (trigger.path("triggerType").asText()) {
          case "Cron" -> CronExpression.parse(trigger.path("expression").asText());
          case "Recurrence" -> Recurrence.of(trigger, start.atZone(zone));
          default ->
              throw MlErrors.userError(400, "The triggerType of a schedule is Cron or Recurrence.");
        };
    Optional<Instant> end =
        Optional.of(trigger.path("endTime").asText(""))
            .filter(text -> !text.isEmpty())
            .map(text -> time("endTime", text, zone));
    return new Trigger(times, zone, start, end);
  }

  /** A time as clients write it: with or without a zone, a {@code T}, or a time of day at all. */
  private static Instant time(String field, String text, ZoneId zone) {
    String iso = text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T");
    try {
      if (iso.matches("\\d{4}-\\d\\d-\\d\\d")) {
        return LocalDate.parse(iso).atStartOfDay(zone).toInstant();
      }
      return iso.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)")
          ? OffsetDateTime.parse(iso).toInstant()
          : LocalDateTime.parse(iso).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw MlErrors.userError(
          400,
          "The %s '%s' of the trigger is no time such as 2026-06-01T00:00:01."
              .formatted(field, text));
    }
  }

  /** The first time later than this. */
  Optional<Instant> next(Instant after) {
    Instant from = after.isBefore(start) ? start.minusNanos(1) : after;
    return times
        .next(from.atZone(zone))
        .map(ZonedDateTime::toInstant)
        .filter(at -> end.filter(at::isAfter).isEmpty());
  }
}
