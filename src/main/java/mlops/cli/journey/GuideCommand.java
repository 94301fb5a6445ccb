package mlops.cli.journey;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.session.FailureRenderer;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.cli.session.Shell;
import mlops.error.MlopsException;
import mlops.explain.GuideChapter;
import mlops.explain.GuideChapters;
import mlops.plan.StepResult;
import mlops.yaml.SpellingSuggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops guide}. */
@Command(
    name = "guide",
    description = "Shows the chapters of the guide, where you are, and what comes next.")
public final class GuideCommand implements Callable<Integer> {
  @Spec @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "CHAPTER",
      description = "A chapter, by number or name; without one, the one that comes next.")
  @Nullable String chapter;

  @Option(names = "--html", description = "Write all of it as one page, with what is in Azure now.")
  boolean html;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "With --html: the page to write (./guide-SUFFIX.html).")
  @Nullable Path out;

  @Override
  public Integer call() {
    requireOneForm();
    try (Session session = Session.open(Objects.requireNonNull(spec))) {
      if (html) {
        return GuideFile.at(out, session).write();
      }
      Shell shell = Shell.ofThisSystem();
      List<GuideChapter> chapters =
          new GuideChapters(
                  session.profile(),
                  session.azure().subscription(),
                  shell::word,
                  session.options().again())
              .all();
      Optional<GuideChapter> asked = Optional.ofNullable(chapter).map(c -> find(chapters, c));
      GuideProgress progress = GuideProgress.of(session, chapters);
      Optional<GuideChapter> here = progress.here(chapters);
      if (session.options().json()) {
        print(session, chapters, progress, here);
      } else {
        new GuidePage(session, chapters, progress).print(asked.or(() -> here), here);
      }
      return failures(session, progress);
    }
  }

  private void requireOneForm() {
    if (html && chapter != null) {
      throw MlopsException.invalid(
          "--html is a page of all chapters, and '%s' is one".formatted(chapter),
          "Leave out one of the two; the page has a place for each chapter.");
    }
    if (out != null && !html) {
      throw MlopsException.invalid(
          "--out names the page that --html writes", "Add --html, or leave out --out.");
    }
  }

  private static GuideChapter find(List<GuideChapter> chapters, String asked) {
    for (int i = 0; i < chapters.size(); i++) {
      if (asked.equals(Integer.toString(i + 1)) || asked.equals(chapters.get(i).id())) {
        return chapters.get(i);
      }
    }
    List<String> ids = chapters.stream().map(GuideChapter::id).toList();
    throw MlopsException.invalid(
        "the guide has no chapter '%s'".formatted(asked),
        SpellingSuggestion.wayOut(asked, ids, "Its chapters are: " + String.join(", ", ids)));
  }

  /** Steps that could not look leave open how far it is: they are reported as any command does. */
  static int failures(Session session, GuideProgress progress) {
    List<StepResult> failed = progress.failed();
    if (failed.isEmpty()) {
      return 0;
    }
    new FailureRenderer(session.options(), session.environment()).steps(failed.subList(0, 1));
    return 1;
  }

  private static void print(
      Session session,
      List<GuideChapter> chapters,
      GuideProgress progress,
      Optional<GuideChapter> here) {
    JsonDocument document = new JsonDocument(session.command(), session.options());
    document.profile(session.profile());
    document.result().put("here", here.map(GuideChapter::id).orElse(null));
    for (GuideChapter chapter : chapters) {
      fill(document.result().withArray("chapters").addObject(), chapter, progress);
    }
    progress.mistake().ifPresent(mistake -> document.result().put("mistake", mistake.message()));
    document.print(session.console());
  }

  private static void fill(ObjectNode json, GuideChapter chapter, GuideProgress progress) {
    json.put("id", chapter.id()).put("title", chapter.title()).put("text", chapter.text());
    json.put("steps", progress.size(chapter)).put("done", progress.done(chapter));
    chapter.next().forEach(json.putArray("next")::add);
    ArrayNode exercises = json.putArray("exercises");
    for (GuideChapter.Exercise exercise : chapter.exercises()) {
      ArrayNode lines = exercises.addObject().put("about", exercise.about()).withArray("lines");
      for (GuideChapter.Line line : exercise.lines()) {
        lines.addObject().put("line", line.line()).put("exitCode", line.ends());
      }
    }
  }
}
