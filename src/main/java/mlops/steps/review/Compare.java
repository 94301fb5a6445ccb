package mlops.steps.review;

import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import mlops.azure.Azure;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.PredictionOrigin;

/** The recipe of {@code mlops compare}: the guide's promise that test and prod score alike. */
public final class Compare {
  private final Azure azure;
  private final Profile profile;
  private final Path predictions;
  private final double tolerance;
  private final Output<PredictionComparison> comparison = new Output<>("comparison");

  /**
   * @param predictions the folder that batch-score downloads to
   * @param tolerance the largest difference between numbers that counts as none
   */
  public Compare(Azure azure, Profile profile, Path predictions, double tolerance) {
    this.azure = azure;
    this.profile = profile;
    this.predictions = predictions;
    this.tolerance = tolerance;
  }

  /** What was found, once it is. */
  public Output<PredictionComparison> comparison() {
    return comparison;
  }

  public Recipe recipe() {
    return Recipe.named("compare").step("compare", step(() -> true)).build();
  }

  /**
   * Puts the comparison below the steps that fetch the predictions.
   *
   * @param fetched whether those steps know that the predictions here are the newest
   */
  public void addTo(Recipe.Builder recipe, BooleanSupplier fetched, String... after) {
    recipe.step("compare", step(fetched), after);
  }

  private CompareStep step(BooleanSupplier fetched) {
    Runnable current =
        () -> {
          PredictionOrigin.requireCurrent(azure, profile, profile.test(), file("test"));
          PredictionOrigin.requireCurrent(azure, profile, profile.prod(), file("prod"));
        };
    return new CompareStep(file("test"), file("prod"), tolerance, fetched, current, comparison);
  }

  private Path file(String environment) {
    return predictions.resolve(environment).resolve("predictions.csv");
  }
}
