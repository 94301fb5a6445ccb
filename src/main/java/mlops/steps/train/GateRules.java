package mlops.steps.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mlops.profile.Profile;

/**
 * The rules of the profile's gate, held against what the job measured. A job that judges does so
 * first, with the limits that its inputs take; this sees to it that no rule is passed over.
 */
record GateRules(Profile.Gate gate) {
  /** What decides after the metrics of the gate; true where more is better. */
  private static final Map<String, Boolean> USUAL = usual();

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

  /** The limits that a model keeps, in words. */
  String kept(Map<String, Double> measured) {
    String kept =
        gate.metrics().entrySet().stream()
            .filter(limit -> measured.containsKey(limit.getKey()))
            .map(limit -> words(limit.getKey(), limit.getValue(), measured))
            .collect(Collectors.joining("; "));
    return kept.isEmpty() ? "the gate of the profile has no limit that it could miss" : kept;
  }

  private static String words(String metric, Profile.Limit limit, Map<String, Double> measured) {
    String bounds =
        Stream.of(
                limit.min().map(min -> "at least " + min), limit.max().map(max -> "at most " + max))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" and "));
    return String.format(
        Locale.ROOT, "%s %.6f is %s", metric, measured.getOrDefault(metric, Double.NaN), bounds);
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

  /** The first metric that both have decides: those of the gate before the usual ones. */
  private Optional<String> notWorse(GateVerdict verdict) {
    Map<String, Boolean> decisive = new LinkedHashMap<>();
    gate.metrics().forEach((metric, limit) -> decisive.put(metric, limit.min().isPresent()));
    USUAL.forEach(decisive::putIfAbsent);
    for (Map.Entry<String, Boolean> metric : decisive.entrySet()) {
      Double candidate = verdict.candidate().get(metric.getKey());
      Double champion = verdict.champion().get(metric.getKey());
      if (candidate != null && champion != null) {
        boolean ok = metric.getValue() ? candidate >= champion : candidate <= champion;
        return ok
            ? Optional.empty()
            : Optional.of(
                "%s %s is worse than the champion's %s"
                    .formatted(metric.getKey(), candidate, champion));
      }
    }
    return Optional.of("the job was given a champion and did not measure it");
  }

  private static Map<String, Boolean> usual() {
    Map<String, Boolean> usual = new LinkedHashMap<>();
    List.of("rmse", "mae", "mse", "loss").forEach(metric -> usual.put(metric, false));
    List.of("r2", "accuracy", "auc", "f1").forEach(metric -> usual.put(metric, true));
    return Collections.unmodifiableMap(usual);
  }
}
