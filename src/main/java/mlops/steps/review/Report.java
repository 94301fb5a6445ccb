package mlops.steps.review;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import mlops.azure.Azure;
import mlops.file.OutputFile;
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

  /** Puts the report below the steps that it describes. */
  public void addTo(Recipe.Builder recipe, String... after) {
    OutputFile place = OutputFile.of("--html", file, this::other);
    recipe.step("report", new ReportStep(place, this::page), after);
  }

  /** What a file is that begins like this, where it is not an earlier report of the same. */
  private Optional<String> other(String start) {
    Matcher title = ReportPage.TITLE.matcher(start);
    if (!title.find()) {
      return Optional.of("no report");
    }
    return title.group(1).equals(profile.suffix())
        ? Optional.empty()
        : Optional.of("the report of suffix " + title.group(1));
  }

  private String page() {
    return new ReportPage(ReportData.read(azure, profile, predictions, tolerance)).html();
  }
}
