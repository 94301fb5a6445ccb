package mlops.emulator.sweep;

import java.util.List;
import java.util.Optional;

/**
 * A trial ends whose best value is worse than the best of all by more than a slack: a ratio, as 0.8
 * / (1 + 0.2), or an amount.
 */
record BanditRule(double factor, double amount) implements EarlyTermination.Rule {

  @Override
  public boolean ends(Objective objective, List<Double> own, List<List<Double>> all) {
    Optional<Double> best = objective.best(all.stream().flatMap(List::stream).toList());
    return best.isPresent()
        && objective
            .best(own)
            .map(mine -> objective.isWorse(mine, limit(objective, best.get())))
            .orElse(true);
  }

  /** The slack is on the worse side of the best, below or above 0. */
  private double limit(Objective objective, double best) {
    boolean shrinks = objective.maximize() == best > 0;
    double scaled = shrinks ? best / (1 + factor) : best * (1 + factor);
    return objective.maximize() ? scaled - amount : scaled + amount;
  }
}
