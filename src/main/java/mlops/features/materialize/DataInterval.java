package mlops.features.materialize;

import java.time.Instant;
import java.util.Optional;

/**
 * A window of event times, and whether its values are there.
 *
 * @param definition of the spec that computed them, as {@link DefinitionHash} has it
 * @param at when that was
 */
public record DataInterval(TimeWindow window, Status status, String definition, Instant at) {
  /** As Azure names them. */
  public enum Status {
    NONE("None"),
    PENDING("Pending"),
    INCOMPLETE("Incomplete"),
    COMPLETE("Complete");

    /** As Azure writes it. */
    public final String word;

    Status(String word) {
      this.word = word;
    }
  }

  /** The part before an instant. */
  Optional<DataInterval> before(Instant end) {
    return part(new TimeWindow(window.start(), min(window.end(), end)));
  }

  /** The part from an instant on. */
  Optional<DataInterval> from(Instant start) {
    return part(new TimeWindow(max(window.start(), start), window.end()));
  }

  private Optional<DataInterval> part(TimeWindow part) {
    return part.isEmpty()
        ? Optional.empty()
        : Optional.of(new DataInterval(part, status, definition, at));
  }

  /** Whether the next one says the same of the time right after. */
  boolean continues(DataInterval next) {
    return window.end().equals(next.window.start())
        && status == next.status
        && definition.equals(next.definition);
  }

  private static Instant min(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant max(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
