package mlops.steps.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mlops.profile.Profile;

/**
 * The rules of the profile's gate, held against what the evaluate job measured. The job judges
 * first; this sees to it that no rule that was asked for is passed over.
 */
record GateRules(Profile.Gate gate) {
  /** By which of the metrics that both have a model is worse than the champion, the first first. */
  private static final List<String> DECISIVE = List.of("rmse", "mae", "r2");

  /**
   * Why the model does not pass although the job says yes; empty where it passes.
   *
   * @param championGiven whether the job was given a model to beat
   */
  Optional<String> broken(GateVerdict verdict, boolean championGiven) {
    List<String> broken = new ArrayList<>();
    new TreeMap<>(gate.metrics())
        .forEach((metric, limit) -> limit(metric, limit, verdict.candidate(), broken));
    if (gate.championNotWorse() && championGiven) {
      notWorse(verdict).ifPresent(broken::add);
    }
    return broken.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", broken));
  }

  private static void limit(
      String metric, Profile.Limit limit, Map<String, Double> measured, List<String> broken) {
    Double value = measured.get(metric);
    if (value == null) {
      broken.add("%s has a limit in the profile and was not measured".formatted(metric));
      return;
    }
    limit
        .min()
        .filter(min -> !(value >= min)) // NaN reaches no limit
        .ifPresent(min -> broken.add("%s %s is below %s".formatted(metric, value, min)));
    limit
        .max()
        .filter(max -> !(value <= max))
        .ifPresent(max -> broken.add("%s %s is above %s".formatted(metric, value, max)));
  }

  private static Optional<String> notWorse(GateVerdict verdict) {
    for (String metric : DECISIVE) {
      Double candidate = verdict.candidate().get(metric);
      Double champion = verdict.champion().get(metric);
      if (candidate != null && champion != null) {
        boolean ok = metric.equals("r2") ? candidate >= champion : candidate <= champion;
        return ok
            ? Optional.empty()
            : Optional.of(
                "%s %s is worse than the champion's %s".formatted(metric, candidate, champion));
      }
    }
    return Optional.of("the job was given a champion and did not measure it");
  }
}
