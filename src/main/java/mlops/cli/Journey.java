package mlops.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import mlops.cli.session.Session;
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
  Recipe recipe(Session session, Predicate<JourneyStage> wanted) {
    Recipe.Builder recipe = Recipe.named("replay");
    if (wanted.test(JourneyStage.BOOTSTRAP)) {
      Bootstrap.addTo(recipe, session.azure(), session.profile());
    }
    if (wanted.test(JourneyStage.TRAIN)) {
      train.addTo(recipe, done(recipe, "compute.dev", "role.storage.identity", "data-access"));
    }
    addTest(recipe, wanted);
    addProd(recipe, wanted);
    if (wanted.test(JourneyStage.COMPARE)) {
      compare.addTo(
          recipe,
          () ->
              isFetched(wanted, JourneyStage.SCORE_TEST, scoreTest)
                  && isFetched(wanted, JourneyStage.SCORE_PROD, scoreProd),
          done(recipe, scoreTest.last(), scoreProd.last()));
    }
    if (wanted.test(JourneyStage.REPORT)) {
      report.addTo(recipe, done(recipe, "compare", "lineage"));
    }
    return recipe.build();
  }

  private void addTest(Recipe.Builder recipe, Predicate<JourneyStage> wanted) {
    if (wanted.test(JourneyStage.PROMOTE_TEST)) {
      promoteTest.addTo(
          recipe,
          () -> isTrained(wanted),
          done(recipe, train.last(), "compute.test", "container.test"));
    }
    if (wanted.test(JourneyStage.SCORE_TEST)) {
      scoreTest.addTo(
          recipe,
          promoted(wanted, JourneyStage.PROMOTE_TEST, promoteTest),
          done(recipe, promoteTest.last(), "upload.test."));
    }
  }

  private void addProd(Recipe.Builder recipe, Predicate<JourneyStage> wanted) {
    if (wanted.test(JourneyStage.PROMOTE_PROD)) {
      promoteProd.addTo(
          recipe,
          () -> isTrained(wanted) && isFetched(wanted, JourneyStage.SCORE_TEST, scoreTest),
          done(recipe, train.last(), scoreTest.last(), "compute.prod", "container.prod"));
    }
    if (wanted.test(JourneyStage.SCORE_PROD)) {
      scoreProd.addTo(
          recipe,
          promoted(wanted, JourneyStage.PROMOTE_PROD, promoteProd),
          done(recipe, promoteProd.last(), "upload.prod."));
    }
  }

  /** Whether it is known what was trained; where nothing is to be, what is there counts. */
  private boolean isTrained(Predicate<JourneyStage> wanted) {
    return !wanted.test(JourneyStage.TRAIN) || train.version().ifKnown().isPresent();
  }

  private static Optional<Output<String>> promoted(
      Predicate<JourneyStage> wanted, JourneyStage stage, Promote promote) {
    return wanted.test(stage) ? Optional.of(promote.deployment()) : Optional.empty();
  }

  /**
   * Whether the predictions here are the newest; those of stages that are left out count as such.
   */
  private static boolean isFetched(
      Predicate<JourneyStage> wanted, JourneyStage scoring, BatchScore score) {
    return !wanted.test(scoring) || score.result().ifKnown().isPresent();
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
