package mlops.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of texts in columns. Where they do not fit side by side, each row becomes two lines or more:
 * the first cell, and below it the others, in columns still.
 *
 * @param head a word for each column; no column without any text is shown
 */
public record TextTable(List<String> head, List<List<String>> rows) {
  private static final String GAP = "  ";

  /** The lines in so many columns; none for no rows. */
  public List<String> lines(int columns) {
    if (rows.isEmpty()) {
      return List.of();
    }
    List<Integer> used =
        IntStream.range(0, head.size())
            .filter(i -> i == 0 || rows.stream().anyMatch(row -> !row.get(i).isEmpty()))
            .boxed()
            .toList();
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    List<List<String>> shown =
        all.stream().map(row -> used.stream().map(row::get).map(Console::safe).toList()).toList();
    List<String> wide = aligned(shown);
    boolean fits = wide.stream().allMatch(line -> TerminalWidth.length(line) <= columns);
    return fits || used.size() == 1 ? wide : stacked(shown.subList(1, shown.size()), columns);
  }

  /** A head would stand above nothing here. */
  private static List<String> stacked(List<List<String>> rows, int columns) {
    List<String> below = aligned(rows.stream().map(row -> row.subList(1, row.size())).toList());
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      lines.add(rows.get(i).get(0));
      String line = below.get(i);
      boolean fits = TerminalWidth.length(line) + GAP.length() <= columns;
      String text = fits ? line : line.strip().replaceAll(" {2,}", GAP);
      TerminalWidth.wrapped(text, columns, GAP.length()).lines().forEach(lines::add);
    }
    return lines;
  }

  private static List<String> aligned(List<List<String>> rows) {
    return rows.stream()
        .map(
            row -> {
              StringBuilder line = new StringBuilder();
              for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                int column = i;
                int width =
                    rows.stream()
                        .mapToInt(r -> TerminalWidth.length(r.get(column)))
                        .max()
                        .orElse(0);
                line.append(" ".repeat(width - TerminalWidth.length(row.get(i)))).append(GAP);
              }
              return line.toString().stripTrailing();
            })
        .toList();
  }
}
