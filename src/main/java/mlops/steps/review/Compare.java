package mlops.steps.review;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.profile.Profile.Target;

/**
 * The recipe of {@code mlops compare}: the guide's promise that test and prod score alike. Where
 * there are more targets, each is held against the first.
 */
public final class Compare {
  private static final String STEP = "compare";

  private final Azure azure;
  private final Profile profile;
  private final Path predictions;
  private final double tolerance;
  private final Map<Target, Output<PredictionComparison>> comparisons = new LinkedHashMap<>();

  /**
   * @param predictions the folder that batch-score downloads to
   * @param tolerance the largest difference between numbers that counts as none
   */
  public Compare(Azure azure, Profile profile, Path predictions, double tolerance) {
    this.azure = azure;
    this.profile = profile;
    this.predictions = predictions;
    this.tolerance = tolerance;
    profile.targets().stream()
        .skip(1)
        .forEach(t -> comparisons.put(t, new Output<>("comparison with " + t.name())));
  }

  /** What was found, as far as it is, in the order of promotion. */
  public List<PredictionComparison> comparisons() {
    return comparisons.values().stream().flatMap(found -> found.ifKnown().stream()).toList();
  }

  public Recipe recipe() {
    Recipe.Builder recipe = Recipe.named("compare");
    addTo(recipe, target -> true, target -> Stream.empty());
    return recipe.build();
  }

  /**
   * Puts the comparisons below the steps that fetch the predictions.
   *
   * @param fetched whether those steps know that the predictions of a target here are the newest
   * @param after the steps that fetch the predictions of a target
   */
  public void addTo(
      Recipe.Builder recipe, Predicate<Target> fetched, Function<Target, Stream<String>> after) {
    if (comparisons.isEmpty()) {
      recipe.step(
          STEP,
          new NothingToCompareStep(profile.targets()),
          profile.targets().stream().flatMap(after).toArray(String[]::new));
      return;
    }
    Target first = profile.targets().get(0);
    comparisons.forEach(
        (target, comparison) ->
            recipe.step(
                id(target),
                new CompareStep(
                    of(first),
                    of(target),
                    tolerance,
                    () -> fetched.test(first) && fetched.test(target),
                    comparison),
                Stream.of(first, target).flatMap(after).toArray(String[]::new)));
  }

  /** The ids of its steps: that of the only one needs no name in it. */
  public List<String> steps() {
    return comparisons.isEmpty()
        ? List.of(STEP)
        : comparisons.keySet().stream().map(this::id).toList();
  }

  private String id(Target target) {
    return comparisons.size() == 1 ? STEP : "%s.%s".formatted(STEP, target.name());
  }

  private DownloadedPredictions of(Target target) {
    return new DownloadedPredictions(azure, profile, target, predictions);
  }
}
