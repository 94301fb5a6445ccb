package mlops.features.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.yaml.YamlNode;

/** A span of time as Azure's files write it: days, hours and minutes. A day has 24 hours. */
public final class TimeOffset {
  private static final List<String> UNITS = List.of("days", "hours", "minutes");
  private static final long MOST = 1_000_000;

  /** The span under a key; empty where there is none, which is not the same as zero. */
  static Optional<Duration> read(YamlNode map, String key) {
    return map.map(key).flatMap(TimeOffset::read);
  }

  private static Optional<Duration> read(YamlNode offset) {
    offset.allow(UNITS);
    if (UNITS.stream().allMatch(u -> offset.at(u).isEmpty())) {
      offset.mistake(offset.name() + " says no days, hours or minutes", "give one of them");
      return Optional.empty();
    }
    Optional<Long> days = amount(offset, "days");
    Optional<Long> hours = amount(offset, "hours");
    Optional<Long> minutes = amount(offset, "minutes");
    return days.isPresent() && hours.isPresent() && minutes.isPresent()
        ? Optional.of(Duration.ofDays(days.get()).plusHours(hours.get()).plusMinutes(minutes.get()))
        : Optional.empty();
  }

  /** Empty, with a mistake, for what is no such number. */
  private static Optional<Long> amount(YamlNode offset, String unit) {
    if (offset.at(unit).isEmpty()) {
      return Optional.of(0L);
    }
    Optional<Long> amount = offset.integer(unit);
    if (amount.filter(a -> a < 0 || a > MOST).isPresent()) {
      String what = "%s.%s is %d".formatted(offset.name(), unit, amount.get());
      offset.mistakeAt(unit, what, "give a number from 0 to " + MOST);
      return Optional.empty();
    }
    return amount;
  }

  /** For people: {@code 3 d 12 h}, {@code 20 min}, {@code 0 min}. */
  public static String words(Duration span) {
    String words =
        Stream.of(
                part(span.toDays(), "d"),
                part(span.toHoursPart(), "h"),
                part(span.toMinutesPart(), "min"))
            .filter(p -> !p.isEmpty())
            .reduce((a, b) -> a + " " + b)
            .orElse("0 min");
    return words;
  }

  private static String part(long amount, String unit) {
    return amount == 0 ? "" : amount + " " + unit;
  }

  private TimeOffset() {}
}
