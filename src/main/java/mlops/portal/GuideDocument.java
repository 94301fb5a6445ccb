package mlops.portal;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.html.Html;
import mlops.html.PageStyle;
import mlops.portal.shown.Section;

/** The guide as one page that needs nothing else: no network, no script. */
public record GuideDocument(PortalSections sections) {
  /** By which the page is known again, with its suffix. */
  public static final Pattern TITLE = Pattern.compile("<title>mlops guide: ([^<]*)</title>");

  public String html() {
    String style = PageStyle.portal();
    String policy =
        "default-src 'none'; img-src data:; style-src '%s'".formatted(PageStyle.hash(style));
    Html head = el("meta", at("http-equiv", "Content-Security-Policy"), at("content", policy));
    PageFrame frame =
        new PageFrame(
            "mlops guide: " + suffix(), Html.all(head, new Html("<style>" + style + "</style>")));
    Html main =
        Html.all(
            el("h1", "The guide for suffix " + suffix()),
            el("p", at("class", "lead"), lead()),
            Html.all(Stream.of(Section.values()).map(this::section)));
    return frame.html(PageFrame.navigation(sections.links(), null), main);
  }

  private Html section(Section section) {
    return el(
        "section",
        at("aria-labelledby", section.id()),
        el("h2", at("id", section.id()), section.title()),
        sections.html(section));
  }

  private String suffix() {
    return sections.shown().profile().suffix();
  }

  private String lead() {
    String where = sections.shown().isLocal() ? "the local Azure" : "Azure";
    return ("What mlops does step by step, and what is in %s now. Written by mlops guide --html; it"
            + " needs no network and shows no secret.")
        .formatted(where);
  }
}
