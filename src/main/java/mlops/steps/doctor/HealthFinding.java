package mlops.steps.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a look at one thing gave.
 *
 * @param found in words
 * @param wayOut what to do about it; empty where nothing is to be done
 */
public record HealthFinding(Level level, String found, String wayOut) {
  /** How bad it is, the best first. */
  public enum Level {
    OK,
    /** It was not looked at, for a reason that another finding has. */
    SKIPPED,
    /** It works, but not in all that a user may want. */
    WARNING,
    /** It does not work. */
    FAILED
  }

  public static HealthFinding ok(String found) {
    return new HealthFinding(Level.OK, found, "");
  }

  public static HealthFinding skipped(String why) {
    return new HealthFinding(Level.SKIPPED, why, "");
  }

  public static HealthFinding warning(String found, String wayOut) {
    return new HealthFinding(Level.WARNING, found, wayOut);
  }

  public static HealthFinding failed(String found, String wayOut) {
    return new HealthFinding(Level.FAILED, found, wayOut);
  }

  /** One for several: as bad as the worst of them, in the words of those that are as bad. */
  public static HealthFinding worst(List<HealthFinding> all) {
    Level level =
        all.stream().map(HealthFinding::level).max(Comparator.naturalOrder()).orElseThrow();
    List<HealthFinding> worst = all.stream().filter(f -> f.level() == level).toList();
    return new HealthFinding(
        level,
        worst.stream().map(HealthFinding::found).distinct().collect(Collectors.joining("; ")),
        worst.get(0).wayOut());
  }
}
