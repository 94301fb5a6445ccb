package mlops.emulator.sweep;

import java.util.List;

/**
 * A trial ends whose best value is worse than the median of the averages of all trials so far, or
 * that has no value at all.
 */
record MedianRule() implements EarlyTermination.Rule {

  @Override
  public boolean ends(Objective objective, List<Double> own, List<List<Double>> all) {
    double[] averages =
        all.stream()
            .mapToDouble(v -> v.stream().mapToDouble(Double::doubleValue).average().orElse(0))
            .sorted()
            .toArray();
    double median = (averages[(averages.length - 1) / 2] + averages[averages.length / 2]) / 2;
    return objective.best(own).map(mine -> objective.isWorse(mine, median)).orElse(true);
  }
}
