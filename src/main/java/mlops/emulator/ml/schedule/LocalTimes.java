package mlops.emulator.ml.schedule;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/**
 * The same times of day on some days, by the clock on the wall: where it is put forward, a time
 * that it leaves out comes as much later; where it is put back, a time that comes twice is the
 * first.
 *
 * @param days on which days
 * @param times at which times of them
 */
record LocalTimes(Predicate<LocalDate> days, SortedSet<LocalTime> times) implements Timetable {
  /** Whatever does not come within so many days never comes. */
  private static final int HORIZON = 36_600;

  @Override
  public Optional<ZonedDateTime> next(ZonedDateTime after) {
    LocalDate day = after.toLocalDate().minusDays(1); // a time left out may come a day later
    for (int n = 0; n < HORIZON; n++, day = day.plusDays(1)) {
      if (days.test(day)) {
        for (LocalTime time : times) {
          ZonedDateTime at = day.atTime(time).atZone(after.getZone());
          if (at.isAfter(after)) {
            return Optional.of(at);
          }
        }
      }
    }
    return Optional.empty();
  }
}
