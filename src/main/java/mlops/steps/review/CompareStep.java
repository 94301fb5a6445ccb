package mlops.steps.review;

import java.nio.file.Path;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** Test and prod give the same predictions. A difference is refused. */
final class CompareStep implements Step {
  private final Path test;
  private final Path prod;
  private final double tolerance;
  private final BooleanSupplier fetched;
  private final Runnable current;
  private final Output<PredictionComparison> comparison;

  /**
   * @param fetched whether the files are the newest: in a plan the steps that fetch them have not
   *     run
   * @param current throws where the files are of another Azure, or of what served before
   */
  CompareStep(
      Path test,
      Path prod,
      double tolerance,
      BooleanSupplier fetched,
      Runnable current,
      Output<PredictionComparison> comparison) {
    this.test = test;
    this.prod = prod;
    this.tolerance = tolerance;
    this.fetched = fetched;
    this.current = current;
    this.comparison = comparison;
  }

  @Override
  public String describe() {
    return "test and prod score alike";
  }

  @Override
  public Change check() {
    if (!fetched.getAsBoolean()) {
      return Change.run("compare the predictions");
    }
    current.run();
    PredictionComparison found =
        PredictionComparison.of(
            PredictionFile.read(test, "test"), PredictionFile.read(prod, "prod"), tolerance);
    comparison.set(found);
    if (!found.isSame()) {
      throw MlopsException.refused(
          "PredictionsDiffer",
          "test and prod do not score alike: rows that differ: %,d, missing in prod: %,d, in prod alone: %,d; such as\n  %s"
              .formatted(
                  found.different(),
                  found.missing(),
                  found.extra(),
                  String.join("\n  ", found.examples())),
          "mlops status shows which version of the model serves where.");
    }
    if (found.rows() == 0) {
      throw MlopsException.refused(
          "NothingToCompare",
          "the predictions of test and prod have no rows",
          "Score something: mlops batch-score --env test, and --env prod.");
    }
    return Change.none(
        String.format(Locale.ROOT, "%,d rows, each the same%s", found.rows(), found.blanks()));
  }

  @Override
  public void apply(StepMessages notes) {
    check();
  }
}
