package mlops.html;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Small pictures as SVG, in the page itself; colours come from the page's style sheet. */
public final class Charts {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 330;
  private static final int LEFT = 52;
  private static final int BOTTOM = HEIGHT - 44;
  private static final int TOP = 26;
  private static final int RIGHT = WIDTH - 14;
  private static final int MAX_POINTS = 2000;

  /** A point of a scatter: what was, and what was predicted. */
  public record Point(double real, double predicted) {}

  /**
   * How often values fall into each of some equal ranges.
   *
   * @param low where the first range starts
   * @param high where the last one ends
   * @param counts for each series how many of its values are in each range
   */
  public record Ranges(double low, double high, List<List<Long>> counts) {}

  /**
   * The first series as bars, another as an outline over them.
   *
   * @param environments what the series are called
   */
  public static String histogram(Ranges found, List<String> environments) {
    long most =
        found.counts().stream().flatMap(List::stream).max(Comparator.naturalOrder()).orElse(1L);
    ChartAxis across = new ChartAxis(found.low(), found.high(), LEFT, RIGHT);
    ChartAxis up = new ChartAxis(0, ChartAxis.end((double) most), BOTTOM, TOP);
    StringBuilder svg =
        start("Distribution of the predictions of " + String.join(" and ", environments));
    axes(svg, across, up, "predicted value", "rows");
    bars(svg, found, environments, up);
    found.counts().stream().skip(1).forEach(counts -> outline(svg, counts, up));
    return svg.append("</svg>").toString();
  }

  private static void bars(
      StringBuilder svg, Ranges found, List<String> environments, ChartAxis up) {
    List<Long> counts = found.counts().get(0);
    double width = (double) (RIGHT - LEFT) / counts.size();
    for (int i = 0; i < counts.size(); i++) {
      double top = up.at(counts.get(i).doubleValue());
      add(
          svg,
          "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">",
          LEFT + i * width + 0.5,
          top,
          width - 1,
          BOTTOM - top);
      add(
          svg,
          "<title>%s</title></rect>",
          Html.text(range(found, i) + ": " + rows(found, environments, i) + " rows").markup());
    }
  }

  /** How many rows of each environment are in a range: {@code test 7, prod 7}. */
  private static String rows(Ranges found, List<String> environments, int range) {
    return IntStream.range(0, environments.size())
        .mapToObj(i -> text("%s %,d", environments.get(i), found.counts().get(i).get(range)))
        .collect(Collectors.joining(", "));
  }

  private static void outline(StringBuilder svg, List<Long> counts, ChartAxis up) {
    double step = (double) (RIGHT - LEFT) / counts.size();
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < counts.size(); i++) {
      double x = LEFT + i * step;
      double y = up.at(counts.get(i).doubleValue());
      add(line, "%s%.1f %.1f H%.1f ", i == 0 ? "M" : "L", x, y, x + step);
    }
    add(svg, "<path class=\"outline\" d=\"%s\"/>", line);
  }

  private static String range(Ranges found, int bar) {
    double width = (found.high() - found.low()) / found.counts().get(0).size();
    double from = found.low() + bar * width;
    return text("%.4g to %.4g", from, from + width);
  }

  /** Real against predicted values; on the diagonal they are the same. */
  public static String scatter(List<Point> points) {
    double least =
        points.stream().mapToDouble(p -> Math.min(p.real(), p.predicted())).min().orElse(0);
    double most =
        points.stream().mapToDouble(p -> Math.max(p.real(), p.predicted())).max().orElse(1);
    ChartAxis across = new ChartAxis(ChartAxis.start(least), ChartAxis.end(most), LEFT, RIGHT);
    ChartAxis up = new ChartAxis(across.low(), across.high(), BOTTOM, TOP);
    StringBuilder svg = start("Real against predicted values on the test rows");
    axes(svg, across, up, "real", "predicted");
    add(
        svg,
        "<line class=\"diagonal\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>",
        LEFT,
        BOTTOM,
        RIGHT,
        TOP);
    int every = Math.max(1, points.size() / MAX_POINTS);
    for (int i = 0; i < points.size(); i += every) {
      Point p = points.get(i);
      add(
          svg,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>",
          across.at(p.real()),
          up.at(p.predicted()));
    }
    return svg.append("</svg>").toString();
  }

  private static StringBuilder start(String title) {
    StringBuilder svg = new StringBuilder();
    add(
        svg,
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
        WIDTH,
        HEIGHT,
        Html.text(title).markup());
    return svg;
  }

  private static void axes(
      StringBuilder svg, ChartAxis across, ChartAxis up, String nameX, String nameY) {
    for (int i = 0; i <= ChartAxis.TICKS; i++) {
      double x = across.at(across.tick(i));
      double y = up.at(up.tick(i));
      add(
          svg,
          "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
          LEFT,
          y,
          RIGHT,
          y);
      String anchor = i == ChartAxis.TICKS ? "end" : "middle";
      label(svg, x, BOTTOM + 18, anchor, across.label(i));
      label(svg, LEFT - 8, y + 4, "end", up.label(i));
    }
    label(svg, RIGHT, HEIGHT - 6, "end", nameX);
    label(svg, 4, 12, "start", nameY);
  }

  private static void label(StringBuilder svg, double x, double y, String anchor, String text) {
    add(svg, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, text);
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(text(format, values));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private Charts() {}
}
