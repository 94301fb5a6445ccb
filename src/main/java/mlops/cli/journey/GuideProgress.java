package mlops.cli.journey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.explain.GuideChapter;
import mlops.file.ScratchFolder;
import mlops.plan.FailedLook;
import mlops.plan.Recipe;
import mlops.plan.Step;
import mlops.plan.StepResult;

/**
 * How far the journey of a profile has come, read from Azure by looking at each step.
 *
 * @param steps the ids of the steps of each chapter, by its id
 * @param found what each step found, by its id
 */
record GuideProgress(Map<String, Set<String>> steps, Map<String, StepResult> found) {
  /** Stands for the steps of features where their definitions cannot be read. */
  private static final String DEFINITIONS = "features.definitions";

  /** Looks at all steps of the journey. */
  static GuideProgress of(Session session, List<GuideChapter> chapters) {
    return of(session, chapters, recipe -> RecipeRun.silentPlan(session, recipe));
  }

  /**
   * The same.
   *
   * @param plan looks at the steps of a recipe
   */
  static GuideProgress of(
      Session session, List<GuideChapter> chapters, Function<Recipe, List<StepResult>> plan) {
    Map<String, Set<String>> steps = new LinkedHashMap<>();
    Set<String> earlier = new LinkedHashSet<>();
    Map<String, StepResult> found = new LinkedHashMap<>();
    try (ScratchFolder scratch = new ScratchFolder()) {
      for (GuideChapter chapter : chapters) {
        Set<String> its = ids(recipe(session, chapter.stages().stream(), scratch));
        its.removeAll(earlier);
        earlier.addAll(its);
        steps.put(chapter.id(), its);
      }
      Recipe whole = recipe(session, chapters.stream().flatMap(c -> c.stages().stream()), scratch);
      plan.apply(whole).forEach(result -> found.put(result.node().id(), result));
    }
    return new GuideProgress(steps, found);
  }

  private static Recipe recipe(Session session, Stream<String> stages, ScratchFolder scratch) {
    Set<String> wanted = new LinkedHashSet<>(stages.toList());
    if (!wanted.contains(JourneyStages.FEATURES)) {
      return recipe(session, wanted, Optional.empty());
    }
    Optional<MlopsException> mistake = FeatureLeg.mistake(session);
    if (mistake.isEmpty()) {
      return recipe(session, wanted, Optional.of(scratch.path()));
    }
    wanted.remove(JourneyStages.FEATURES);
    Recipe others = recipe(session, wanted, Optional.empty());
    List<Recipe.Node> nodes = new ArrayList<>(others.nodes());
    Step definitions = new FailedLook("definitions of features without a mistake", mistake.get());
    nodes.add(new Recipe.Node(DEFINITIONS, definitions, Set.of()));
    return new Recipe(others.name(), nodes);
  }

  /**
   * @param features a folder for what a training with features makes on the way; empty for none
   */
  private static Recipe recipe(Session session, Set<String> wanted, Optional<Path> features) {
    return Journey.of(session, wanted, Journey.Options.looking(features)).recipe(session);
  }

  private static Set<String> ids(Recipe recipe) {
    return new LinkedHashSet<>(recipe.nodes().stream().map(Recipe.Node::id).toList());
  }

  int size(GuideChapter chapter) {
    return steps.getOrDefault(chapter.id(), Set.of()).size();
  }

  /** How many steps of a chapter have nothing to do. */
  int done(GuideChapter chapter) {
    return (int) steps.getOrDefault(chapter.id(), Set.of()).stream().filter(this::stands).count();
  }

  boolean isDone(GuideChapter chapter) {
    return done(chapter) == size(chapter);
  }

  /** The first chapter with something to do; empty at the end of the journey. */
  Optional<GuideChapter> here(List<GuideChapter> chapters) {
    return chapters.stream().filter(chapter -> !isDone(chapter)).findFirst();
  }

  /** Whether what a step makes true is true already. */
  boolean stands(String step) {
    return found.get(step) instanceof StepResult.Planned planned && !planned.change().isNeeded();
  }

  /** What the steps of a chapter found, in the order of the journey. */
  List<StepResult> found(GuideChapter chapter) {
    return steps.getOrDefault(chapter.id(), Set.of()).stream()
        .flatMap(id -> Stream.ofNullable(found.get(id)))
        .toList();
  }

  /** What is wrong with the definitions of features; empty where they can be read. */
  Optional<MlopsException> mistake() {
    return Optional.ofNullable(found.get(DEFINITIONS))
        .map(StepResult.Failed.class::cast)
        .map(failed -> (MlopsException) failed.cause());
  }

  /** The steps that could not look, which leaves open how far the journey is. */
  List<StepResult> failed() {
    return found.values().stream()
        .filter(StepResult.Failed.class::isInstance)
        .filter(result -> !result.node().id().equals(DEFINITIONS))
        .toList();
  }
}
