package mlops.cli.journey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.azure.trace.RequestNotes;
import mlops.cli.session.Problem;
import mlops.cli.session.Session;
import mlops.cli.session.Shell;
import mlops.explain.Explanations;
import mlops.explain.GuideChapter;
import mlops.explain.GuideChapters;
import mlops.plan.Activity;
import mlops.plan.Progress;
import mlops.plan.Recipe;
import mlops.plan.Runner;
import mlops.plan.StepResult;
import mlops.portal.ChapterView;

/** The chapters of the guide as a page shows them, with what each step asked of Azure. */
public final class GuideViews {
  private final Session session;
  private final List<GuideChapter> chapters;
  private final Explanations explanations;
  private final Map<String, List<String>> requests = new HashMap<>();
  private final GuideProgress progress;

  private GuideViews(Session session) {
    this.session = session;
    Shell shell = Shell.ofThisSystem();
    String subscription = session.azure().subscription();
    this.chapters =
        new GuideChapters(session.profile(), subscription, shell::word, session.options().again())
            .all();
    this.explanations = new Explanations(session.profile(), subscription, shell::word);
    RequestNotes notes = new RequestNotes(session.azure().connection().transport());
    this.progress = GuideProgress.of(session.over(notes), chapters, recipe -> plan(recipe, notes));
  }

  /** Looks at all steps, one after the other, so that it is known which asks what. */
  public static GuideViews of(Session session) {
    return new GuideViews(session);
  }

  private List<StepResult> plan(Recipe recipe, RequestNotes notes) {
    return new Runner(session.clock(), told(notes), 1).plan(recipe);
  }

  GuideProgress progress() {
    return progress;
  }

  /** The chapters in their order. */
  public List<ChapterView> chapters() {
    Optional<GuideChapter> here = progress.here(chapters);
    return chapters.stream()
        .map(
            c ->
                new ChapterView(
                    c,
                    here.filter(c::equals).isPresent(),
                    progress.found(c).stream().map(this::step).toList()))
        .toList();
  }

  private Progress told(RequestNotes notes) {
    return new Progress() {
      @Override
      public void started(Recipe.Node node) {
        notes.take();
      }

      @Override
      public void said(Recipe.Node node, String line) {}

      @Override
      public void watched(Recipe.Node node, List<Activity> activities) {}

      @Override
      public void ended(StepResult result) {
        requests.put(result.node().id(), notes.take());
      }
    };
  }

  private ChapterView.Step step(StepResult result) {
    String id = result.node().id();
    boolean stands = result instanceof StepResult.Planned planned && !planned.change().isNeeded();
    return new ChapterView.Step(
        id,
        result.node().step().describe(),
        stands,
        found(result),
        explanations.of(id),
        requests.getOrDefault(id, List.of()));
  }

  private static String found(StepResult result) {
    if (result instanceof StepResult.Planned planned) {
      return planned.change().reason();
    }
    if (result instanceof StepResult.Failed failed) {
      return "could not look: " + Problem.of(failed.cause()).message();
    }
    if (result instanceof StepResult.Blocked blocked) {
      return "needs " + blocked.by();
    }
    return result instanceof StepResult.Skipped skipped ? skipped.reason() : "";
  }
}
