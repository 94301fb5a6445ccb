package mlops.steps.review;

import java.nio.file.Path;
import mlops.plan.Output;
import mlops.plan.Recipe;

/** The recipe of {@code mlops compare}: the guide's promise that test and prod score alike. */
public final class Compare {
  private final Path predictions;
  private final double tolerance;
  private final Output<Comparison> comparison = new Output<>("comparison");

  /**
   * @param predictions the folder that batch-score downloads to
   * @param tolerance the largest difference between numbers that counts as none
   */
  public Compare(Path predictions, double tolerance) {
    this.predictions = predictions;
    this.tolerance = tolerance;
  }

  /** What was found, once it is. */
  public Output<Comparison> comparison() {
    return comparison;
  }

  public Recipe recipe() {
    return Recipe.named("compare").step("compare", step(false)).build();
  }

  /** Puts the comparison below the steps that fetch the predictions. */
  public void addTo(Recipe.Builder recipe, String... after) {
    recipe.step("compare", step(after.length > 0), after);
  }

  private CompareStep step(boolean later) {
    return new CompareStep(file("test"), file("prod"), tolerance, later, comparison);
  }

  private Path file(String environment) {
    return predictions.resolve(environment).resolve("predictions.csv");
  }
}
