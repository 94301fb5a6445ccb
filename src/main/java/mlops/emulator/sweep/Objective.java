package mlops.emulator.sweep;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a sweep looks for.
 *
 * @param metric the name under which trials log it
 */
public record Objective(String metric, boolean maximize) {

  static Objective of(SweepReader objective) {
    String goal = objective.required("goal").toLowerCase(Locale.ROOT);
    if (!goal.equals("maximize") && !goal.equals("minimize")) {
      throw objective.wrong("the goal '%s' is none of minimize, maximize".formatted(goal));
    }
    return new Objective(objective.required("primaryMetric"), goal.equals("maximize"));
  }

  /** {@code maximize} or {@code minimize}. */
  public String goal() {
    return maximize ? "maximize" : "minimize";
  }

  /** Whether a value is worse than another. */
  public boolean isWorse(double value, double than) {
    return maximize ? value < than : value > than;
  }

  /** The best of some values; those that are no numbers do not count. */
  public Optional<Double> best(List<Double> values) {
    return values.stream().filter(v -> !v.isNaN()).reduce((a, b) -> isWorse(a, b) ? b : a);
  }
}
