package mlops.cli.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table on the page that GitHub shows of a job, in Markdown.
 *
 * @param head of its columns; all but the first are numbers
 */
record MarkdownTable(List<String> head, List<List<String>> rows) {

  String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add(line(head));
    lines.add(
        IntStream.range(0, head.size())
            .mapToObj(i -> i == 0 ? "---" : "---:")
            .collect(Collectors.joining(" | ", "| ", " |")));
    rows.forEach(row -> lines.add(line(row)));
    return String.join("\n", lines) + "\n\n";
  }

  private static String line(List<String> cells) {
    return cells.stream().map(MarkdownTable::plain).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** A text as it is: what jobs call their metrics ends no cell and is no Markdown. */
  static String plain(String text) {
    return text.replaceAll("[\\r\\n]+", " ")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replaceAll("([\\\\`*_\\[\\]|~#])", "\\\\$1");
  }
}
