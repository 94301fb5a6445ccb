package mlops.cli.journey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import mlops.assets.FieldOverrides;
import mlops.cli.session.Session;
import mlops.cli.stage.JobOptions;
import mlops.cli.stage.ReviewOptions;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.FeatureProfile;
import mlops.profile.Profile;
import mlops.steps.bootstrap.Bootstrap;
import mlops.steps.github.login.ConnectedLoginStep;
import mlops.steps.promote.Promote;
import mlops.steps.review.Compare;
import mlops.steps.review.Report;
import mlops.steps.scoring.BatchScore;
import mlops.steps.train.Train;
import org.jspecify.annotations.Nullable;

/**
 * The whole guide as one recipe. Each stage is the recipe of its own command; what it waits for are
 * the last steps of the stages before.
 *
 * @param wanted the names of the stages that are in the recipe
 * @param features a second training, with features, where it is asked for
 * @param legs the targets in the order of promotion
 */
record Journey(
    Set<String> wanted,
    Train train,
    Optional<FeatureLeg> features,
    List<Leg> legs,
    Compare compare,
    Report report) {

  /** What is done in a target. */
  record Leg(Profile.Target target, Promote promote, BatchScore score) {}

  /**
   * What may be asked of the stages.
   *
   * @param approve the hash that is approved, where one is
   * @param html the report to write; null for the one of the suffix
   * @param features a folder for what the training with features makes on the way; empty for none
   */
  record Options(
      JobOptions jobs,
      ReviewOptions review,
      @Nullable String approve,
      @Nullable Path html,
      Optional<Path> features) {

    /**
     * Those of somebody who only looks.
     *
     * @param features as above
     */
    static Options looking(Optional<Path> features) {
      return new Options(new JobOptions(), new ReviewOptions(), null, null, features);
    }
  }

  /** The journey of the profile of a session. */
  static Journey of(Session session, Set<String> wanted, Options options) {
    Profile profile = session.profile();
    Path download = options.review().download(session);
    double tolerance = options.review().tolerance();
    Path html = ReviewOptions.html(options.html(), session);
    Train.Options training = training(session, options.jobs());
    return new Journey(
        wanted,
        new Train(session.azure(), profile, training),
        options.features().map(scratch -> FeatureLeg.of(session, training, scratch)),
        profile.targets().stream()
            .map(t -> leg(session, t, options, withFeatures(session, wanted, t, options)))
            .toList(),
        new Compare(session.azure(), profile, download, tolerance),
        new Report(session.azure(), profile, download, html, tolerance));
  }

  private static Train.Options training(Session session, JobOptions jobs) {
    return new Train.Options(
        Optional.empty(), FieldOverrides.none(), jobs.force, true, jobs.follow(session));
  }

  /**
   * Whether the model with features goes to a target: where it is asked for, and to somebody who
   * only looks where it is there.
   */
  private static boolean withFeatures(
      Session session, Set<String> wanted, Profile.Target target, Options options) {
    boolean looks = wanted.contains(JourneyStages.FEATURES);
    return options.features().isPresent()
        && (!looks || BatchScore.needsFeatures(session.azure(), session.profile(), target));
  }

  /**
   * @param features whether it is the model with features that is promoted
   */
  private static Leg leg(
      Session session, Profile.Target target, Options options, boolean features) {
    Profile profile = features ? FeatureProfile.of(session.profile()) : session.profile();
    return new Leg(
        target,
        promote(session, profile, target, options),
        score(session, target, options, features));
  }

  private static Promote promote(
      Session session, Profile profile, Profile.Target target, Options options) {
    return new Promote(
        session.azure(),
        profile,
        target,
        new Promote.Options(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            approval(session.profile(), target, options),
            Optional.empty(),
            false,
            options.jobs().force,
            FieldOverrides.none(),
            session.clock()));
  }

  /** What was approved is checked where it is asked for, and before the last environment. */
  private static Optional<String> approval(
      Profile profile, Profile.Target target, Options options) {
    boolean last = profile.targets().indexOf(target) == profile.targets().size() - 1;
    return last || Boolean.TRUE.equals(profile.approvals().get(target.name()))
        ? Optional.ofNullable(options.approve())
        : Optional.empty();
  }

  private static BatchScore score(
      Session session, Profile.Target target, Options options, boolean features) {
    return new BatchScore(
        session.azure(),
        session.profile(),
        target,
        new BatchScore.Options(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            features,
            options.jobs().force,
            options.review().download(session),
            options.jobs().follow(session)));
  }

  /** The recipe of the stages that are wanted. */
  Recipe recipe(Session session) {
    Recipe.Builder recipe = Recipe.named("replay");
    if (wanted.contains(JourneyStages.BOOTSTRAP)) {
      Bootstrap.addTo(recipe, session.azure(), session.profile());
    }
    if (wanted.contains(JourneyStages.TRAIN)) {
      train.addTo(recipe, ready(recipe, session));
    }
    if (wanted.contains(JourneyStages.TRAIN) && !wanted.contains(JourneyStages.FEATURES)) {
      features.ifPresent(leg -> leg.addTo(recipe, ready(recipe, session)));
    }
    Optional<Leg> before = Optional.empty();
    for (Leg leg : legs) {
      add(recipe, leg, before);
      before = Optional.of(leg);
    }
    if (wanted.contains(JourneyStages.COMPARE)) {
      addComparison(recipe);
    }
    if (wanted.contains(JourneyStages.REPORT)) {
      List<String> after = new ArrayList<>(compare.steps());
      after.add(train.last());
      features.ifPresent(leg -> after.add(leg.train().last()));
      report.addTo(recipe, done(recipe, after.toArray(String[]::new)));
    }
    addFurtherChapters(recipe, session); // after the report, which waits for none of it
    return recipe.build();
  }

  private void addFurtherChapters(Recipe.Builder recipe, Session session) {
    if (wanted.contains(JourneyStages.GITHUB)) {
      addLogins(recipe, session);
    }
    if (wanted.contains(JourneyStages.FEATURES)) {
      features.ifPresent(leg -> leg.addChapterTo(recipe, session, ready(recipe, session)));
    }
  }

  /** The steps after which a job can run where models are trained. */
  private static String[] ready(Recipe.Builder recipe, Session session) {
    String compute = "compute." + session.profile().training().name();
    return done(recipe, compute, "role.storage.identity", "data-access");
  }

  private static void addLogins(Recipe.Builder recipe, Session session) {
    Profile profile = session.profile();
    for (Profile.Environment environment : profile.environments()) {
      recipe.step(
          "github.credential." + environment.name(),
          new ConnectedLoginStep(session.azure(), profile, environment));
    }
  }

  private void add(Recipe.Builder recipe, Leg leg, Optional<Leg> before) {
    String env = leg.target().name();
    boolean promotes = wanted.contains(JourneyStages.promote(leg.target()));
    if (promotes) {
      String scored = before.map(b -> b.score().last()).orElse(trained().last());
      leg.promote()
          .addTo(
              recipe,
              () -> isTrained() && before.map(this::isFetched).orElse(true),
              done(recipe, trained().last(), scored, "compute." + env, "container." + env));
    }
    if (wanted.contains(JourneyStages.score(leg.target()))) {
      Optional<Output<String>> promoted =
          promotes ? Optional.of(leg.promote().deployment()) : Optional.empty();
      leg.score()
          .addTo(recipe, promoted, done(recipe, leg.promote().last(), "upload.%s.".formatted(env)));
    }
  }

  private void addComparison(Recipe.Builder recipe) {
    compare.addTo(
        recipe,
        target -> isFetched(leg(target)),
        target -> Stream.of(done(recipe, leg(target).score().last())));
  }

  private Leg leg(Profile.Target target) {
    return legs.stream().filter(leg -> leg.target().equals(target)).findFirst().orElseThrow();
  }

  /** The training whose model goes on. */
  private Train trained() {
    return features
        .filter(leg -> !wanted.contains(JourneyStages.FEATURES))
        .map(FeatureLeg::train)
        .orElse(train);
  }

  /** Whether it is known what was trained; where nothing is to be, what is there counts. */
  private boolean isTrained() {
    return !wanted.contains(JourneyStages.TRAIN) || trained().version().ifKnown().isPresent();
  }

  /**
   * Whether the predictions here are the newest; those of stages that are left out count as such.
   */
  private boolean isFetched(Leg leg) {
    return !wanted.contains(JourneyStages.score(leg.target()))
        || leg.score().result().ifKnown().isPresent();
  }

  /**
   * Those of the steps that are in the recipe: stages may be left out. An id that ends in a dot
   * stands for all that begin with it.
   */
  private static String[] done(Recipe.Builder recipe, String... ids) {
    return Stream.of(ids)
        .flatMap(
            id ->
                recipe.startingWith(id).stream()
                    .filter(found -> found.equals(id) || id.endsWith(".")))
        .distinct()
        .toArray(String[]::new);
  }
}
