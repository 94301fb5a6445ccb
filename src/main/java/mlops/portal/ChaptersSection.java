package mlops.portal;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mlops.explain.Explanation;
import mlops.explain.GuideChapter;
import mlops.html.Html;
import mlops.portal.shown.Tags;

/** The chapters of the guide: where somebody is, what comes next, and each step with its why. */
record ChaptersSection(List<ChapterView> chapters) {

  Html html() {
    return Html.all(IntStream.range(0, chapters.size()).mapToObj(this::chapter));
  }

  private Html chapter(int index) {
    ChapterView view = chapters.get(index);
    GuideChapter chapter = view.chapter();
    long done = view.done();
    int all = view.steps().size();
    String kind = done == all ? "good" : view.here() ? "live" : "open";
    String state = done == all ? "done" : view.here() ? "comes next" : "later";
    List<Html> parts = new ArrayList<>();
    parts.add(
        el(
            "h3",
            "%d  %s ".formatted(index + 1, chapter.title()),
            el(
                "span",
                at("class", "status " + kind),
                "%s, %d of %d steps".formatted(state, done, all))));
    parts.add(el("p", chapter.text()));
    parts.add(lines("What to type", "Commands of chapter " + chapter.id(), chapter.next()));
    view.steps().forEach(step -> parts.add(step(step)));
    for (int i = 0; i < chapter.exercises().size(); i++) {
      String label = i == 0 ? "Exercise of chapter %s" : "Exercise %2$d of chapter %1$s";
      parts.add(exercise(label.formatted(chapter.id(), i + 1), chapter.exercises().get(i)));
    }
    return el("article", at("id", "chapter-" + chapter.id()), Html.all(parts));
  }

  /**
   * Lines to copy.
   *
   * @param label unique on the page, for who hears it
   */
  private static Html lines(String title, String label, List<String> lines) {
    return el("figure", at("class", "lines"), el("figcaption", title), pre(label, lines));
  }

  private static Html pre(String title, List<String> lines) {
    return el(
        "pre",
        at("tabindex", "0"),
        at("role", "group"),
        at("aria-label", title),
        String.join("\n", lines));
  }

  private static Html step(ChapterView.Step step) {
    String mark = step.stands() ? "✓" : "·";
    Html summary =
        el(
            "summary",
            el(
                "span",
                at("class", step.stands() ? "mark good" : "mark"),
                at("aria-hidden", "true"),
                mark),
            el("b", step.id()),
            " " + step.title() + " ",
            el("span", at("class", "found"), step.found()));
    Html told = step.explanation().map(ChaptersSection::told).orElse(Html.NOTHING);
    Html requests =
        step.requests().isEmpty()
            ? Html.NOTHING
            : lines(
                "Asked of Azure just now, to see it",
                "Requests of step " + step.id(),
                step.requests());
    return el("details", at("class", "step"), summary, told, requests);
  }

  private static Html told(Explanation explanation) {
    return Tags.facts(
        "why",
        explanation.why(),
        "az",
        explanation.az().map(line -> Html.code(line)).orElse(Html.NOTHING),
        "without az",
        explanation.withoutAz().orElse(""),
        "gh",
        Html.all(explanation.gh().stream().map(line -> el("div", Html.code(line)))),
        "request",
        Html.code(explanation.rest()),
        "look",
        Html.code(explanation.look()),
        "documentation",
        el("a", at("href", explanation.docs()), at("rel", "noreferrer"), explanation.docs()),
        "comes from",
        explanation.source());
  }

  /**
   * @param label unique on the page, for who hears it
   */
  private static Html exercise(String label, GuideChapter.Exercise exercise) {
    return el(
        "section",
        at("class", "exercise"),
        el("h4", "Exercise"),
        el("p", exercise.about()),
        pre(
            label,
            exercise.lines().stream()
                .map(
                    line ->
                        line.ends() == 0
                            ? line.line()
                            : line.line() + "   # exit code " + line.ends())
                .collect(Collectors.toList())));
  }
}
