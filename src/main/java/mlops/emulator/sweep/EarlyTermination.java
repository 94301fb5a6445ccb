package mlops.emulator.sweep;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * When a trial is not worth going on with. Each value that a trial logs of the primary metric is an
 * interval; the policy is applied at every multiple of the evaluation interval from the delay on.
 *
 * @param interval how many values there are from one look to the next
 * @param delay how many values come before the first look
 */
public record EarlyTermination(Rule rule, int interval, int delay) {

  /** What a policy asks of a trial. */
  interface Rule {
    /**
     * Whether a trial is to end.
     *
     * @param own the values of the trial so far
     * @param all those of all trials that have any, each as far as the trial itself is
     */
    boolean ends(Objective objective, List<Double> own, List<List<Double>> all);
  }

  /**
   * Reads the policy of a sweep.
   *
   * @throws mlops.emulator.http.ApiException 400 for one that is unknown or lacks a number
   */
  static Optional<EarlyTermination> of(SweepReader policy) {
    if (policy.node().isMissingNode()) {
      return Optional.empty();
    }
    String word = policy.word("policyType");
    String type = word.isEmpty() ? policy.word("type") : word;
    Rule rule =
        switch (type) {
          case "bandit" ->
              new BanditRule(policy.number("slackFactor", 0), policy.number("slackAmount", 0));
          case "medianstopping" -> new MedianRule();
          case "truncationselection" ->
              new TruncationRule(policy.number("truncationPercentage", 0, 1));
          default -> throw policy.wrong("the policy '%s' is unknown".formatted(type));
        };
    int interval = policy.number("evaluationInterval", 0, 0);
    int delay = policy.number("delayEvaluation", 0, 0);
    return Optional.of(new EarlyTermination(rule, Math.max(1, interval), delay));
  }

  /**
   * Whether a trial is to end, now that it has logged some values more.
   *
   * @param looked how many of its values were looked at before
   * @param all the values of all trials, its own among them
   */
  public boolean ends(
      Objective objective, List<Double> own, int looked, Collection<List<Double>> all) {
    for (int n = looked + 1; n <= own.size(); n++) {
      if (n % interval == 0 && n >= delay && endsAt(n, objective, own, all)) {
        return true;
      }
    }
    return false;
  }

  private boolean endsAt(
      int count, Objective objective, List<Double> own, Collection<List<Double>> all) {
    List<List<Double>> soFar =
        all.stream()
            .filter(values -> !values.isEmpty())
            .map(values -> values.subList(0, Math.min(count, values.size())))
            .toList();
    return rule.ends(objective, own.subList(0, count), soFar);
  }
}
