package mlops.emulator.sweep;

import java.util.List;

/**
 * A trial ends that is among the worst of all, each as far as this one is.
 *
 * @param percentage how many of a hundred are the worst
 */
record TruncationRule(int percentage) implements EarlyTermination.Rule {

  @Override
  public boolean ends(Objective objective, List<Double> own, List<List<Double>> all) {
    double mine = objective.best(own).orElse(Double.NaN);
    List<Double> scores = all.stream().flatMap(v -> objective.best(v).stream()).toList();
    long better = scores.stream().filter(other -> objective.isWorse(mine, other)).count();
    long worst = (long) scores.size() * percentage / 100;
    return Double.isNaN(mine) || better >= scores.size() - worst;
  }
}
