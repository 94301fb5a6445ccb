package mlops.cli.journey;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.Session;
import mlops.file.OutputFile;
import mlops.portal.GuideDocument;
import mlops.portal.PortalSections;
import mlops.portal.shown.Links;
import mlops.portal.shown.ShownAzure;
import org.jspecify.annotations.Nullable;

/** The file that {@code mlops guide --html} writes. */
record GuideFile(OutputFile file, Session session) {

  /**
   * The one that is asked for, else one for the suffix.
   *
   * @throws mlops.error.MlopsException INVALID where it cannot be written, or is somebody else's
   */
  static GuideFile at(@Nullable Path asked, Session session) {
    String suffix = session.profile().suffix();
    Path place = asked != null ? asked : Path.of("guide-%s.html".formatted(suffix));
    return new GuideFile(OutputFile.of("--out", place, start -> other(start, suffix)), session);
  }

  private static Optional<String> other(String start, String suffix) {
    Matcher title = GuideDocument.TITLE.matcher(start);
    if (!title.find()) {
      return Optional.of("no guide");
    }
    return title.group(1).equals(suffix)
        ? Optional.empty()
        : Optional.of("the guide of suffix " + title.group(1));
  }

  /** Writes it, and says where; the exit code, which is 1 where a step could not look. */
  int write() {
    ShownAzure shown = new ShownAzure(session.azure(), session.profile());
    shown.groups(); // who may not even look at those gets no page
    GuideViews views = GuideViews.of(session);
    PortalSections sections = new PortalSections(shown, Links.IN_PAGE, views::chapters);
    byte[] page = new GuideDocument(sections).html().getBytes(StandardCharsets.UTF_8);
    file.write(out -> out.write(page));
    if (session.options().json()) {
      JsonDocument document = new JsonDocument(session.command(), session.options());
      document.profile(session.profile());
      document.result().put("file", file.named().toString());
      document.print(session.console());
    } else {
      session.console().out().println("guide  " + file.named());
      session.console().out().flush();
    }
    return GuideCommand.failures(session, views.progress());
  }
}
