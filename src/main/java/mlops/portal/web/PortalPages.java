package mlops.portal.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static mlops.html.Html.at;
import static mlops.html.Html.el;

import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.html.Html;
import mlops.html.PageStyle;
import mlops.portal.PageFrame;
import mlops.portal.PortalSections;
import mlops.portal.shown.Section;

/** The pages of the portal by their addresses. */
record PortalPages(PortalSections sections) {
  /** How often a page with what runs is asked for again, in milliseconds. */
  private static final int FOLLOWED = 2000;

  PageAnswer answer(URI address) {
    List<String> path = path(address);
    if (path.equals(List.of("portal.css"))) {
      return new PageAnswer(200, "text/css", PageStyle.portal(), Map.of());
    }
    if (path.equals(List.of("portal.js"))) {
      return new PageAnswer(200, "text/javascript", PageStyle.script(), Map.of());
    }
    if (path.isEmpty()) {
      return section(Section.GUIDE);
    }
    Optional<Section> section = Section.of(path.get(0));
    if (path.size() == 1 && section.isPresent()) {
      return section(section.get());
    }
    if (path.size() == 3 && section.isPresent()) {
      return detail(section.get(), path.get(1), path.get(2), file(address));
    }
    return missing();
  }

  private static List<String> path(URI address) {
    return Stream.of(address.getRawPath().split("/"))
        .filter(part -> !part.isEmpty())
        .map(PortalPages::decoded)
        .toList();
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
  }

  private static Optional<String> file(URI address) {
    return Optional.ofNullable(address.getRawQuery())
        .filter(query -> query.startsWith("file="))
        .map(query -> decoded(query.substring("file=".length())));
  }

  private PageAnswer section(Section section) {
    Html content = sections.html(section);
    if (section != Section.JOBS) {
      return page(section, section.title(), content, false);
    }
    Html live = el("div", at("id", "all-jobs"), at("class", "live"), content);
    return page(section, section.title(), live, true);
  }

  private PageAnswer detail(Section section, String first, String second, Optional<String> file) {
    if (section == Section.JOBS) {
      return sections
          .job(first, second)
          .map(job -> page(section, "Job " + second, job, runs(job)))
          .orElseGet(this::missing);
    }
    if (section != Section.STORAGE) {
      return missing();
    }
    String title = file.orElse("Container " + second);
    return file.map(path -> sections.file(first, second, path))
        .orElseGet(() -> sections.container(first, second))
        .map(files -> page(section, title, files, false))
        .orElseGet(this::missing);
  }

  /** Whether a job goes on: its own status comes first, before those of its steps. */
  private static boolean runs(Html job) {
    int first = job.markup().indexOf("class=\"status ");
    return job.markup().startsWith("class=\"status live", first);
  }

  private PageAnswer page(Section section, String title, Html content, boolean followed) {
    Html head =
        Html.all(
            style(),
            followed ? el("script", at("src", "/portal.js"), at("defer", "")) : Html.NOTHING);
    Html up =
        title.equals(section.title())
            ? Html.NOTHING
            : el(
                "p",
                at("class", "crumbs"),
                el("a", at("href", "/" + section.id()), "All of " + section.title()));
    Html said =
        followed
            ? el(
                "p",
                at("role", "status"),
                at("id", "followed"),
                at("data-follow", FOLLOWED),
                "This page follows what runs.")
            : Html.NOTHING;
    Html main = Html.all(el("h1", at("class", "site"), name()), up, el("h2", title), said, content);
    return frame(
        200, title + " · " + name(), head, PageFrame.navigation(sections.links(), section), main);
  }

  private String name() {
    return "Portal of the local Azure, suffix " + sections.shown().profile().suffix();
  }

  private PageAnswer missing() {
    Html main =
        Html.all(
            el("h1", "There is no such page"),
            el("p", "What it showed may be gone. ", el("a", at("href", "/"), "To the guide")));
    return frame(404, "No such page", style(), PageFrame.navigation(sections.links(), null), main);
  }

  /** A page for who may not look. */
  static PageAnswer closed(int status, String title, String why) {
    return frame(
        status, title, Html.NOTHING, Html.NOTHING, Html.all(el("h1", title), el("p", why)));
  }

  /** A page from which a browser goes on by itself, with the cookie that it just got. */
  static PageAnswer entered() {
    Html head = el("meta", at("http-equiv", "refresh"), at("content", "0; url=/"));
    Html link = el("p", el("a", at("href", "/"), "To the portal"));
    return frame(200, "Portal", head, Html.NOTHING, Html.all(el("h1", "Portal"), link));
  }

  private static Html style() {
    return el("link", at("rel", "stylesheet"), at("href", "/portal.css"));
  }

  private static PageAnswer frame(int status, String title, Html head, Html navigation, Html main) {
    return PageAnswer.html(status, new PageFrame(title, head).html(navigation, main));
  }
}
