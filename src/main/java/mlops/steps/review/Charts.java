package mlops.steps.review;

import java.util.List;
import java.util.Locale;

/** Small pictures as SVG, in the page itself; colours come from the page's style sheet. */
final class Charts {
  private static final int WIDTH = 560;
  private static final int HEIGHT = 320;
  private static final int LEFT = 46;
  private static final int BOTTOM = 34;
  private static final int TOP = 10;
  private static final int RIGHT = 12;
  private static final int BARS = 30;
  private static final int MAX_POINTS = 2000;

  /** A point of a scatter: what was, and what was predicted. */
  record Point(double real, double predicted) {}

  /**
   * How often each range of values occurs, the first series filled and the second as an outline.
   */
  static String histogram(List<Double> filled, List<Double> outlined, String unit) {
    double top = nice(Math.max(max(filled), max(outlined)));
    int[] one = counts(filled, top);
    int[] other = counts(outlined, top);
    int most = 1;
    for (int i = 0; i < BARS; i++) {
      most = Math.max(most, Math.max(one[i], other[i]));
    }
    StringBuilder svg = start("Distribution of predictions in test and prod");
    axes(svg, top, most, unit, "rows");
    double step = (double) (WIDTH - LEFT - RIGHT) / BARS;
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < BARS; i++) {
      double x = LEFT + i * step;
      add(
          svg,
          "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
          x + 0.5,
          y(one[i], most),
          step - 1,
          (HEIGHT - BOTTOM) - y(one[i], most));
      add(line, "%s%.1f %.1f H%.1f ", i == 0 ? "M" : "L", x, y(other[i], most), x + step);
    }
    add(svg, "<path class=\"outline\" d=\"%s\"/>", line);
    return svg.append("</svg>").toString();
  }

  /** Real against predicted values; on the diagonal they are the same. */
  static String scatter(List<Point> points, String unit) {
    double top =
        nice(points.stream().mapToDouble(p -> Math.max(p.real(), p.predicted())).max().orElse(1));
    StringBuilder svg = start("Real against predicted values on the test rows");
    axes(svg, top, top, unit + ", real", "predicted");
    add(
        svg,
        "<line class=\"diagonal\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        x(0, top),
        y(0, top),
        x(top, top),
        y(top, top));
    int every = Math.max(1, points.size() / MAX_POINTS);
    for (int i = 0; i < points.size(); i += every) {
      Point p = points.get(i);
      add(
          svg,
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\"/>",
          x(p.real(), top),
          y(p.predicted(), top));
    }
    return svg.append("</svg>").toString();
  }

  private static StringBuilder start(String label) {
    StringBuilder svg = new StringBuilder();
    add(svg, "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, label);
    return svg;
  }

  private static void axes(
      StringBuilder svg, double topX, double topY, String nameX, String nameY) {
    for (int i = 0; i <= 4; i++) {
      double across = LEFT + i * (WIDTH - LEFT - RIGHT) / 4.0;
      double up = (HEIGHT - BOTTOM) - i * (HEIGHT - BOTTOM - TOP) / 4.0;
      add(
          svg,
          "<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>",
          LEFT,
          up,
          WIDTH - RIGHT,
          up);
      add(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          across,
          HEIGHT - BOTTOM + 16,
          number(topX * i / 4));
      add(
          svg,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 6,
          up + 4,
          number(topY * i / 4));
    }
    add(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
        WIDTH - RIGHT,
        HEIGHT - 4,
        nameX);
    add(svg, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT + 4, TOP + 10, nameY);
  }

  private static int[] counts(List<Double> values, double top) {
    int[] counts = new int[BARS];
    for (double value : values) {
      int bar = (int) (value / top * BARS);
      counts[Math.max(0, Math.min(BARS - 1, bar))]++;
    }
    return counts;
  }

  private static double max(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
  }

  /** The next round number: the axis ends there. */
  private static double nice(double value) {
    double scale = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
    for (double factor : new double[] {1, 2, 4, 8, 10}) {
      if (value <= factor * scale) {
        return factor * scale;
      }
    }
    return 10 * scale;
  }

  private static double x(double value, double top) {
    return LEFT + value / top * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double value, double top) {
    return (HEIGHT - BOTTOM) - value / top * (HEIGHT - BOTTOM - TOP);
  }

  private static String number(double value) {
    return String.format(
        Locale.ROOT, Math.rint(value) == value || value >= 100 ? "%,.0f" : "%.1f", value);
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }

  private Charts() {}
}
