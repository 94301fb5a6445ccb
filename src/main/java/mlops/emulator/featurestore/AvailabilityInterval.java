package mlops.emulator.featurestore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A stretch of event time of a feature set.
 *
 * @param start inclusive
 * @param end exclusive
 * @param status as Azure calls it: {@code Complete}, {@code Incomplete}, {@code Pending} or {@code
 *     None}
 * @param job who materialised it last; empty where nobody has
 */
record AvailabilityInterval(Instant start, Instant end, String status, String job) {
  static final String COMPLETE = "Complete";
  static final String INCOMPLETE = "Incomplete";
  static final String PENDING = "Pending";
  static final String NONE = "None";

  /** The same, which a job is about to materialise. */
  AvailabilityInterval by(String name) {
    return new AvailabilityInterval(start, end, PENDING, name);
  }

  private AvailabilityInterval from(Instant later) {
    return later.isAfter(start) ? new AvailabilityInterval(later, end, status, job) : this;
  }

  private AvailabilityInterval to(Instant earlier) {
    return earlier.isBefore(end) ? new AvailabilityInterval(start, earlier, status, job) : this;
  }

  /**
   * What is known of a window, whole: stretches that nobody has materialised are {@code None}.
   *
   * @param known without overlaps, in their order
   */
  static List<AvailabilityInterval> within(
      List<AvailabilityInterval> known, Instant start, Instant end) {
    List<AvailabilityInterval> all = new ArrayList<>();
    Instant at = start;
    for (AvailabilityInterval one : known) {
      if (one.end.isAfter(at) && one.start.isBefore(end)) {
        if (one.start.isAfter(at)) {
          all.add(new AvailabilityInterval(at, one.start, NONE, ""));
        }
        AvailabilityInterval part = one.from(at).to(end);
        all.add(part);
        at = part.end;
      }
    }
    if (at.isBefore(end)) {
      all.add(new AvailabilityInterval(at, end, NONE, ""));
    }
    return all;
  }

  /** The stretches with one of these statuses, joined where they touch. */
  static List<AvailabilityInterval> with(Set<String> statuses, List<AvailabilityInterval> all) {
    List<AvailabilityInterval> wanted = new ArrayList<>();
    for (AvailabilityInterval one : all) {
      if (!statuses.contains(one.status)) {
        continue;
      }
      int last = wanted.size() - 1;
      if (last >= 0 && wanted.get(last).end.equals(one.start)) {
        wanted.set(last, new AvailabilityInterval(wanted.get(last).start, one.end, one.status, ""));
      } else {
        wanted.add(one);
      }
    }
    return wanted;
  }

  /** The same with one more, which takes the place of what it covers. */
  static List<AvailabilityInterval> with(
      List<AvailabilityInterval> known, AvailabilityInterval added) {
    List<AvailabilityInterval> all = new ArrayList<>();
    for (AvailabilityInterval one : known) {
      if (one.start.isBefore(added.start)) {
        all.add(one.to(added.start));
      }
    }
    all.add(added);
    for (AvailabilityInterval one : known) {
      if (one.end.isAfter(added.end)) {
        all.add(one.from(added.end));
      }
    }
    return all;
  }
}
