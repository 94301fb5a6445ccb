package mlops.emulator.ml.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import mlops.emulator.http.ApiException;
import mlops.emulator.ml.resource.MlErrors;

/** Every so many minutes, hours, days, weeks or months, counted from a start. */
final class Recurrence {

  /**
   * Reads a trigger of this kind.
   *
   * @param start the first time, or what is counted from
   * @throws ApiException 400 for a number that is out of range, 501 for a pattern within an hour
   */
  static Timetable of(JsonNode trigger, ZonedDateTime start) {
    int every = trigger.path("interval").asInt();
    if (every < 1) {
      throw MlErrors.userError(400, "The interval of a recurrence is 1 or more.");
    }
    JsonNode pattern = trigger.path("schedule");
    String frequency = trigger.path("frequency").asText().toLowerCase(Locale.ROOT);
    return switch (frequency) {
      case "minute" -> elapsed(pattern, Duration.ofMinutes(every), start);
      case "hour" -> elapsed(pattern, Duration.ofHours(every), start);
      case "day", "week", "month" ->
          new LocalTimes(
              days(frequency, every, pattern, start.toLocalDate()), times(pattern, start));
      default ->
          throw MlErrors.userError(
              400,
              "The frequency '%s' is unknown: minute, hour, day, week or month."
                  .formatted(frequency));
    };
  }

  private static Timetable elapsed(JsonNode pattern, Duration every, ZonedDateTime start) {
    for (JsonNode part : pattern) {
      if (!part.isEmpty()) {
        throw ApiException.notImplemented(
            "The embedded Azure follows the pattern of a recurrence (trigger.schedule) of days, weeks and months, not of minutes and hours.");
      }
    }
    return after -> {
      long passed = Math.max(-1, Duration.between(start, after).toSeconds());
      long turns = Math.floorDiv(passed, every.toSeconds()) + 1;
      return Optional.of(start.plus(every.multipliedBy(turns)));
    };
  }

  private static Predicate<LocalDate> days(
      String frequency, int every, JsonNode pattern, LocalDate start) {
    Set<DayOfWeek> week = week(pattern.path("weekDays"));
    Set<Integer> month = numbers("monthDays", pattern.path("monthDays"), 1, 31);
    return switch (frequency) {
      case "day" -> day -> isTurn(start, day, ChronoUnit.DAYS, every);
      case "week" -> {
        Set<DayOfWeek> on = week.isEmpty() ? EnumSet.of(start.getDayOfWeek()) : week;
        LocalDate monday = start.with(DayOfWeek.MONDAY);
        yield day ->
            on.contains(day.getDayOfWeek()) && isTurn(monday, day, ChronoUnit.WEEKS, every);
      }
      default -> {
        boolean plain = week.isEmpty() && month.isEmpty();
        Set<Integer> on = plain ? Set.of(start.getDayOfMonth()) : month;
        yield day ->
            (on.contains(day.getDayOfMonth()) || week.contains(day.getDayOfWeek()))
                && isTurn(start.withDayOfMonth(1), day, ChronoUnit.MONTHS, every);
      }
    };
  }

  private static boolean isTurn(LocalDate start, LocalDate day, ChronoUnit unit, int every) {
    return !day.isBefore(start) && unit.between(start, day) % every == 0;
  }

  private static SortedSet<LocalTime> times(JsonNode pattern, ZonedDateTime start) {
    Set<Integer> hours = numbers("hours", pattern.path("hours"), 0, 23);
    Set<Integer> minutes = numbers("minutes", pattern.path("minutes"), 0, 59);
    SortedSet<LocalTime> times = new TreeSet<>();
    for (int hour : hours.isEmpty() ? Set.of(start.getHour()) : hours) {
      for (int minute : minutes.isEmpty() ? Set.of(start.getMinute()) : minutes) {
        times.add(LocalTime.of(hour, minute));
      }
    }
    return hours.isEmpty() && minutes.isEmpty()
        ? new TreeSet<>(Set.of(start.toLocalTime()))
        : times;
  }

  private static Set<DayOfWeek> week(JsonNode words) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    words.forEach(word -> days.add(DayOfWeek.valueOf(word.asText().toUpperCase(Locale.ROOT))));
    return days;
  }

  private static Set<Integer> numbers(String field, JsonNode list, int least, int most) {
    Set<Integer> numbers = new TreeSet<>();
    for (JsonNode one : list) {
      if (one.asInt(-1) < least || one.asInt() > most) {
        throw MlErrors.userError(
            400,
            "The %s of a recurrence are from %d to %d, not %s."
                .formatted(field, least, most, one.asText()));
      }
      numbers.add(one.asInt());
    }
    return numbers;
  }

  private Recurrence() {}
}
