package mlops.steps.review;

import java.nio.file.Path;
import mlops.azure.Azure;
import mlops.plan.Recipe;
import mlops.profile.Profile;

/** The recipe of {@code mlops report}: one HTML page that shows how a journey went. */
public final class Report {
  private final Azure azure;
  private final Profile profile;
  private final Path predictions;
  private final Path file;
  private final double tolerance;

  /**
   * @param predictions the folder that batch-score downloads to
   * @param file the page to write
   * @param tolerance the largest difference between predictions that counts as none
   */
  public Report(Azure azure, Profile profile, Path predictions, Path file, double tolerance) {
    this.azure = azure;
    this.profile = profile;
    this.predictions = predictions;
    this.file = file;
    this.tolerance = tolerance;
  }

  public Path file() {
    return file;
  }

  public Recipe recipe() {
    Recipe.Builder recipe = Recipe.named("report");
    addTo(recipe);
    return recipe.build();
  }

  /** Puts the report below the steps that it tells of. */
  public void addTo(Recipe.Builder recipe, String... after) {
    recipe.step("report", new ReportStep(file, this::page), after);
  }

  private String page() {
    return new ReportPage(ReportData.read(azure, profile, predictions, tolerance)).html();
  }
}
