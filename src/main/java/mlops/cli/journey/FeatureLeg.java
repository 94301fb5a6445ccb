package mlops.cli.journey;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.cli.session.Session;
import mlops.cli.stage.TrainCommand;
import mlops.error.MlopsException;
import mlops.features.CheckedDefinitions;
import mlops.features.spec.FeatureDefinitions;
import mlops.plan.Recipe;
import mlops.profile.FeatureProfile;
import mlops.profile.FeatureWindow;
import mlops.profile.Profile;
import mlops.steps.features.ApplyFeatures;
import mlops.steps.features.MaterializeFeatures;
import mlops.steps.train.GateVerdict;
import mlops.steps.train.Train;

/**
 * What {@code replay --features} does more: the feature store, and a second training with features,
 * to be held beside the first.
 *
 * @param ahead what is materialised; empty where the profile has no window for it
 */
record FeatureLeg(
    FeatureDefinitions definitions, Recipe store, Optional<Recipe> ahead, Train train) {

  /**
   * @param scratch a folder for what is made on the way
   */
  static FeatureLeg of(Session session, Train.Options options, Path scratch) {
    Profile profile = FeatureProfile.of(session.profile());
    FeatureDefinitions definitions =
        CheckedDefinitions.of(profile.features().folder()).definitions();
    return new FeatureLeg(
        definitions,
        ApplyFeatures.recipe(session.azure(), profile, definitions, scratch),
        profile.features().window().map(w -> ahead(session, profile, definitions, w, options)),
        new Train(session.azure(), profile, options, FeatureProfile.MARK));
  }

  /** What is wrong with the definitions of a profile; empty where they can be read. */
  static Optional<MlopsException> mistake(Session session) {
    try {
      CheckedDefinitions.of(session.profile().features().folder());
      return Optional.empty();
    } catch (MlopsException e) {
      return Optional.of(e);
    }
  }

  /** The same window each time: a second replay finds it complete. */
  private static Recipe ahead(
      Session session,
      Profile profile,
      FeatureDefinitions definitions,
      FeatureWindow window,
      Train.Options options) {
    MaterializeFeatures.Asked asked =
        new MaterializeFeatures.Asked(
            List.of(),
            Optional.of(window.from()),
            Optional.of(window.to()),
            false,
            options.follow().below("features"));
    return MaterializeFeatures.recipe(session.azure(), profile, definitions, asked);
  }

  /** Puts the steps of the store into the journey; the ids of the last ones. */
  private String[] addStoreTo(Recipe.Builder recipe, String... ready) {
    Set<String> awaited = new HashSet<>();
    for (Recipe.Node node : store.nodes()) {
      boolean first = node.waitsFor().isEmpty();
      recipe.step(node.id(), node.step(), first ? ready : node.waitsFor().toArray(String[]::new));
      awaited.addAll(node.waitsFor());
    }
    return store.nodes().stream()
        .map(Recipe.Node::id)
        .filter(id -> !awaited.contains(id))
        .toArray(String[]::new);
  }

  /**
   * Puts its steps into the journey.
   *
   * @param ready the steps after which something can be made and trained
   */
  void addTo(Recipe.Builder recipe, String... ready) {
    String[] last = addStoreTo(recipe, ready);
    ahead.ifPresent(
        known -> known.nodes().forEach(node -> recipe.step(node.id(), node.step(), last)));
    train.addTo(recipe, last);
  }

  /**
   * Puts what the guide has of features into the journey: also whether something is materialised.
   */
  void addChapterTo(Recipe.Builder recipe, Session session, String... ready) {
    train.addTo(recipe, addStoreTo(recipe, ready));
    MaterializeFeatures.addLooks(recipe, session.azure(), session.profile(), definitions);
  }

  /** What both trainings measured, side by side; empty until both are known. */
  List<String> lines(Train without) {
    List<String> lines = new ArrayList<>();
    if (without.verdict().ifKnown().isEmpty() || train.verdict().ifKnown().isEmpty()) {
      return lines;
    }
    Map<String, Double> plain = without.verdict().get().candidate();
    Map<String, Double> with = train.verdict().get().candidate();
    lines.add("%-8s %16s %14s".formatted("", "without features", "with features"));
    plain.forEach(
        (metric, value) -> {
          if (with.containsKey(metric)) {
            lines.add(
                String.format(Locale.ROOT, "%-8s %16.4f %14.4f", metric, value, with.get(metric)));
          }
        });
    return lines;
  }

  void json(Train without, ObjectNode json) {
    TrainCommand.result(train).json().accept(json.putObject("train"));
    metrics(without, json.putObject("without"));
    metrics(train, json.putObject("with"));
  }

  private static void metrics(Train train, ObjectNode json) {
    train.verdict().ifKnown().map(GateVerdict::candidate).ifPresent(m -> m.forEach(json::put));
  }
}
