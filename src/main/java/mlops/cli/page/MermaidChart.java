package mlops.cli.page;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A chart on the page that GitHub shows of a job: Mermaid, which GitHub draws.
 *
 * @param title above it
 * @param below what the axis below says: {@code "price" 0 --> 60}, or names in brackets
 * @param beside what the axis beside says
 * @param bars the first row of values
 * @param lines further rows, each drawn as a line over the bars
 */
record MermaidChart(
    String title, String below, String beside, List<Double> bars, List<List<Double>> lines) {

  /** An axis of numbers. */
  static String range(String name, double low, double high) {
    return "%s %s --> %s".formatted(quoted(name), number(low), number(high));
  }

  /** An axis of names. */
  static String names(List<String> names) {
    return names.stream().map(MermaidChart::quoted).collect(Collectors.joining(", ", "[", "]"));
  }

  String markdown() {
    StringBuilder chart = new StringBuilder("```mermaid\nxychart-beta\n");
    chart.append("  title ").append(quoted(title)).append('\n');
    chart.append("  x-axis ").append(below).append('\n');
    chart.append("  y-axis ").append(range(beside, 0, most())).append('\n');
    chart.append("  bar ").append(row(bars)).append('\n');
    lines.forEach(line -> chart.append("  line ").append(row(line)).append('\n'));
    return chart.append("```\n\n").toString();
  }

  /** Bars begin at nothing: Mermaid itself would begin them at the smallest. */
  private double most() {
    double most =
        Stream.concat(Stream.of(bars), lines.stream())
            .flatMap(List::stream)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    return Math.max(1, Math.ceil(most));
  }

  private static String row(List<Double> values) {
    return values.stream().map(MermaidChart::number).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.6f", value);
  }

  /** Mermaid has no way to quote a quote. */
  private static String quoted(String text) {
    return '"' + text.replaceAll("[\"`\\r\\n]+", "'") + '"';
  }
}
