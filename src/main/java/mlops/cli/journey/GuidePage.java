package mlops.cli.journey;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import mlops.cli.session.Session;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.error.MlopsException;
import mlops.explain.GuideChapter;
import mlops.profile.Profile;

/** The guide for people: the list of chapters, the picture, and one chapter. */
record GuidePage(Session session, List<GuideChapter> chapters, GuideProgress progress) {
  private static final int INDENT = 2;

  /** Wider lines are hard to read, also where there is room. */
  private static final int WIDEST = 100;

  /**
   * Prints it.
   *
   * @param shown the chapter to show whole; empty at the end of the journey
   * @param here the chapter that comes next
   */
  void print(Optional<GuideChapter> shown, Optional<GuideChapter> here) {
    list(here);
    new GuidePicture(session.profile(), progress, style(), columns()).lines().forEach(this::say);
    say("");
    shown.ifPresentOrElse(
        this::show,
        () -> say("All chapters are done. mlops guide 1%s starts over.".formatted(again())));
    out().flush();
  }

  private void list(Optional<GuideChapter> here) {
    String where = isLocal() ? "on the local Azure" : "on Azure";
    say(style().bold("The guide for suffix %s, %s".formatted(session.profile().suffix(), where)));
    say("");
    int ids = chapters.stream().mapToInt(c -> c.id().length()).max().orElse(0);
    for (int i = 0; i < chapters.size(); i++) {
      GuideChapter chapter = chapters.get(i);
      boolean next = here.filter(chapter::equals).isPresent();
      String mark = progress.isDone(chapter) ? style().good("✓") : next ? "▸" : style().dim("·");
      String steps = "%d of %d".formatted(progress.done(chapter), progress.size(chapter));
      String name = chapter.id() + " ".repeat(ids - chapter.id().length());
      String head = "%s %d  %s  %9s  ".formatted(mark, i + 1, name, steps);
      int indent = TerminalWidth.length(head);
      String title = TerminalWidth.wrapped(chapter.title(), session.columns(), indent);
      say(head + style().dim(title.strip().lines().findFirst().orElse("")));
      title.lines().skip(1).map(style()::dim).forEach(this::say);
    }
    say("");
    progress.mistake().ifPresent(this::tell);
  }

  /** The other chapters do not depend on it. */
  private void tell(MlopsException mistake) {
    say(style().bad("✗") + " how far features are cannot be seen for a mistake in their files");
    mistake.message().lines().skip(1).map(String::strip).forEach(this::paragraph);
    paragraph("→ Mend it; mlops features validate%s says what is left.".formatted(again()));
    say("");
  }

  private void show(GuideChapter chapter) {
    say(style().bold("%d  %s".formatted(chapters.indexOf(chapter) + 1, chapter.title())));
    paragraph(chapter.text());
    say("");
    say("Next");
    chapter.next().forEach(line -> say("  " + line));
    paragraph(style().dim("--step goes one step at a time, --explain says why each is there."));
    String live = isLocal() ? "; mlops local portal shows it live in a browser" : "";
    paragraph(style().dim("--html writes all chapters as one page" + live + "."));
    for (int i = 0; i < chapter.exercises().size(); i++) {
      say("");
      say(i == 0 ? "Exercise, when it is done" : "Another exercise");
      show(chapter.exercises().get(i));
    }
  }

  private void show(GuideChapter.Exercise exercise) {
    paragraph(exercise.about());
    if (exercise.lines().stream().anyMatch(line -> line.line().matches("az .*|.*\\$\\(az .*"))
        && isLocal()) {
      paragraph(style().dim("# a shell in which az is logged in here:"));
      say("  mlops local exec" + again() + " -- bash");
    }
    for (GuideChapter.Line line : exercise.lines()) {
      String ends = line.ends() == 0 ? "" : style().dim("   # exit code " + line.ends());
      say("  " + line.line() + ends);
    }
  }

  private boolean isLocal() {
    return session.profile().cloud() == Profile.Cloud.LOCAL;
  }

  private String again() {
    return session.options().again();
  }

  private void paragraph(String text) {
    TerminalWidth.wrapped(text, columns(), INDENT).lines().forEach(this::say);
  }

  private int columns() {
    return Math.min(WIDEST, session.columns());
  }

  private Style style() {
    return session.console().style();
  }

  private PrintWriter out() {
    return session.console().out();
  }

  private void say(String line) {
    out().println(line);
  }
}
