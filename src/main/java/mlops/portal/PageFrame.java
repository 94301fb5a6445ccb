package mlops.portal;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlops.html.Html;
import mlops.portal.shown.Links;
import mlops.portal.shown.Section;
import org.jspecify.annotations.Nullable;

/**
 * What goes around the content of a page: its head, a link past the navigation, landmarks.
 *
 * @param head what it needs more in its head
 */
public record PageFrame(String title, Html head) {

  /**
   * A whole page.
   *
   * @param main begins with the one heading of the first level
   */
  public String html(Html navigation, Html main) {
    Html top =
        Html.all(
            el("meta", at("charset", "utf-8")),
            el(
                "meta",
                at("name", "viewport"),
                at("content", "width=device-width, initial-scale=1")),
            el("meta", at("name", "color-scheme"), at("content", "light dark")),
            el("title", title),
            head);
    Html body =
        Html.all(
            el("a", at("class", "skip"), at("href", "#main"), "Skip to the content"),
            el("header", el("p", at("class", "brand"), "mlops"), navigation),
            el("main", at("id", "main"), at("tabindex", "-1"), main));
    Html page = el("html", at("lang", "en"), el("head", top), el("body", body));
    return "<!doctype html>\n" + page.markup() + "\n";
  }

  /**
   * The links to all sections.
   *
   * @param current the one that the page shows; null where it shows all
   */
  public static Html navigation(Links links, @Nullable Section current) {
    return el(
        "nav",
        at("aria-label", "Sections"),
        Html.list(
            "sections", Stream.of(Section.values()).map(section -> link(links, section, current))));
  }

  private static Html link(Links links, Section section, @Nullable Section current) {
    List<Object> parts = new ArrayList<>(List.of(at("href", links.section(section))));
    if (section == current) {
      parts.add(at("aria-current", "page"));
    }
    parts.add(section.title());
    return el("a", parts.toArray());
  }
}
