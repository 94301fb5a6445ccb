package mlops.features.join;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When the clocks of a zone change. */
final class ClockChanges {
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  private static final LocalDateTime NEVER = LocalDateTime.of(1970, 1, 1, 0, 0);

  /** The times of the clock that there are twice (true) or never, as rows of SQL. */
  static String values(ZoneId zone) {
    List<String> rows = new ArrayList<>();
    ZoneRules rules = zone.getRules();
    @Nullable ZoneOffsetTransition change = rules.nextTransition(FIRST);
    while (change != null && change.getInstant().isBefore(LAST)) {
      LocalDateTime before = change.getDateTimeBefore();
      LocalDateTime after = change.getDateTimeAfter();
      rows.add(change.isGap() ? row(before, after, false) : row(after, before, true));
      change = rules.nextTransition(change.getInstant());
    }
    return rows.isEmpty() ? row(NEVER, NEVER, true) : String.join(", ", rows);
  }

  private static String row(LocalDateTime first, LocalDateTime last, boolean twice) {
    return "('%s', '%s', %b)".formatted(first, last, twice);
  }

  private ClockChanges() {}
}
