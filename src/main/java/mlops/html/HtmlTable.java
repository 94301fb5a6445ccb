package mlops.html;

import static mlops.html.Html.at;
import static mlops.html.Html.el;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table that is read aloud as one, and on a narrow screen is one card a row. The roles say again
 * what the elements say: browsers forget it of a table that is laid out as cards.
 *
 * @param caption what it is about; also the name of the region that scrolls
 * @param columns their names; the first cell of a row is its name
 */
public record HtmlTable(String caption, List<String> columns, List<List<Html>> rows) {

  public HtmlTable(String caption, List<String> columns) {
    this(caption, columns, new ArrayList<>());
  }

  /** Adds a row; a cell that is no piece of a page is a text. */
  public HtmlTable row(Object... cells) {
    rows.add(
        List.of(cells).stream()
            .map(cell -> cell instanceof Html html ? html : Html.text(cell))
            .toList());
    return this;
  }

  public Html html() {
    Html head =
        el(
            "thead",
            at("role", "rowgroup"),
            el("tr", at("role", "row"), Html.all(columns.stream().map(HtmlTable::column))));
    Html body =
        el("tbody", at("role", "rowgroup"), Html.all(rows.stream().map(this::row).toList()));
    return el(
        "div",
        at("class", "scroll"),
        at("tabindex", "0"),
        at("role", "group"),
        at("aria-label", caption),
        el("table", at("role", "table"), el("caption", caption), head, body));
  }

  private static Html column(String name) {
    return el("th", at("scope", "col"), at("role", "columnheader"), name);
  }

  private Html row(List<Html> cells) {
    return el(
        "tr",
        at("role", "row"),
        Html.all(IntStream.range(0, cells.size()).mapToObj(i -> cell(i, cells.get(i)))));
  }

  private Html cell(int column, Html content) {
    return column == 0
        ? el("th", at("scope", "row"), at("role", "rowheader"), content)
        : el("td", at("role", "cell"), at("data-column", columns.get(column)), content);
  }
}
