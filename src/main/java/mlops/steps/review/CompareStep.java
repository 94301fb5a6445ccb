package mlops.steps.review;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** Two targets give the same predictions. A difference is refused. */
final class CompareStep implements Step {
  private final DownloadedPredictions first;
  private final DownloadedPredictions other;
  private final double tolerance;
  private final BooleanSupplier fetched;
  private final Output<PredictionComparison> comparison;

  /**
   * @param fetched whether the files are the newest: in a plan the steps that fetch them have not
   *     run
   */
  CompareStep(
      DownloadedPredictions first,
      DownloadedPredictions other,
      double tolerance,
      BooleanSupplier fetched,
      Output<PredictionComparison> comparison) {
    this.first = first;
    this.other = other;
    this.tolerance = tolerance;
    this.fetched = fetched;
    this.comparison = comparison;
  }

  @Override
  public String describe() {
    return pair() + " score alike";
  }

  private String pair() {
    return "%s and %s".formatted(first.environment(), other.environment());
  }

  @Override
  public Change check() {
    if (!fetched.getAsBoolean()) {
      return Change.run("compare the predictions");
    }
    first.requireCurrent();
    other.requireCurrent();
    PredictionComparison found = PredictionComparison.of(first.read(), other.read(), tolerance);
    comparison.set(found);
    if (!found.isSame()) {
      throw MlopsException.refused(
          "PredictionsDiffer",
          "%s do not score alike: rows that differ: %,d, missing in %s: %,d, in %s alone: %,d:\n  %s"
              .formatted(
                  pair(),
                  found.different(),
                  found.other(),
                  found.missing(),
                  found.other(),
                  found.extra(),
                  String.join("\n  ", found.examples())),
          "mlops status shows which version of the model serves where.");
    }
    if (found.rows() == 0) {
      throw MlopsException.refused(
          "NothingToCompare",
          "the predictions of %s have no rows".formatted(pair()),
          "Score something: mlops batch-score --env %s, and --env %s."
              .formatted(found.first(), found.other()));
    }
    return Change.none(
        String.format(Locale.ROOT, "%,d rows, each the same%s", found.rows(), found.blanks()));
  }

  @Override
  public void apply(StepMessages messages) {
    check();
  }
}
