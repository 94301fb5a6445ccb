package mlops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.steps.bootstrap.Bootstrap;
import mlops.steps.promote.Promote;
import mlops.steps.review.Compare;
import mlops.steps.review.Report;
import mlops.steps.scoring.BatchScore;
import mlops.steps.train.Train;

/**
 * The whole guide as one recipe. Each stage is the recipe of its own command; what it waits for are
 * the last steps of the stages before.
 */
record Journey(
    Train train,
    Promote promoteTest,
    BatchScore scoreTest,
    Promote promoteProd,
    BatchScore scoreProd,
    Compare compare,
    Report report) {

  /** The recipe of the stages that are wanted. */
  Recipe recipe(Session session, Predicate<Stage> wanted) {
    Recipe.Builder recipe = Recipe.named("replay");
    if (wanted.test(Stage.BOOTSTRAP)) {
      Bootstrap.addTo(recipe, session.azure(), session.profile());
    }
    if (wanted.test(Stage.TRAIN)) {
      train.addTo(recipe, done(recipe, "compute.dev", "role.storage.identity", "data-access"));
    }
    addTest(recipe, wanted);
    addProd(recipe, wanted);
    if (wanted.test(Stage.COMPARE)) {
      compare.addTo(
          recipe,
          () ->
              isFetched(wanted, Stage.SCORE_TEST, scoreTest)
                  && isFetched(wanted, Stage.SCORE_PROD, scoreProd),
          done(recipe, scoreTest.last(), scoreProd.last()));
    }
    if (wanted.test(Stage.REPORT)) {
      report.addTo(recipe, done(recipe, "compare", "lineage"));
    }
    return recipe.build();
  }

  private void addTest(Recipe.Builder recipe, Predicate<Stage> wanted) {
    if (wanted.test(Stage.PROMOTE_TEST)) {
      promoteTest.addTo(
          recipe,
          () -> isTrained(wanted),
          done(recipe, train.last(), "compute.test", "container.test"));
    }
    if (wanted.test(Stage.SCORE_TEST)) {
      scoreTest.addTo(
          recipe,
          promoted(wanted, Stage.PROMOTE_TEST, promoteTest),
          done(recipe, promoteTest.last(), "upload.test."));
    }
  }

  private void addProd(Recipe.Builder recipe, Predicate<Stage> wanted) {
    if (wanted.test(Stage.PROMOTE_PROD)) {
      promoteProd.addTo(
          recipe,
          () -> isTrained(wanted) && isFetched(wanted, Stage.SCORE_TEST, scoreTest),
          done(recipe, train.last(), scoreTest.last(), "compute.prod", "container.prod"));
    }
    if (wanted.test(Stage.SCORE_PROD)) {
      scoreProd.addTo(
          recipe,
          promoted(wanted, Stage.PROMOTE_PROD, promoteProd),
          done(recipe, promoteProd.last(), "upload.prod."));
    }
  }

  /** Whether it is known what was trained; where nothing is to be, what is there counts. */
  private boolean isTrained(Predicate<Stage> wanted) {
    return !wanted.test(Stage.TRAIN) || train.version().ifKnown().isPresent();
  }

  private static Optional<Output<String>> promoted(
      Predicate<Stage> wanted, Stage stage, Promote promote) {
    return wanted.test(stage) ? Optional.of(promote.deployment()) : Optional.empty();
  }

  /**
   * Whether the predictions here are the newest; those of stages that are left out count as such.
   */
  private static boolean isFetched(Predicate<Stage> wanted, Stage scoring, BatchScore score) {
    return !wanted.test(scoring) || score.predictions().ifKnown().isPresent();
  }

  /** Those of the steps that are in the recipe: stages may be left out. */
  private static String[] done(Recipe.Builder recipe, String... ids) {
    List<String> there = new ArrayList<>();
    for (String id : ids) {
      there.addAll(recipe.startingWith(id));
    }
    return there.toArray(String[]::new);
  }
}
