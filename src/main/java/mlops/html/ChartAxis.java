package mlops.html;

import java.util.Locale;

/**
 * An axis of a chart: values from {@code low} to {@code high} lie from one pixel to another.
 *
 * @param from the pixel of {@code low}
 * @param to the pixel of {@code high}
 */
public record ChartAxis(double low, double high, double from, double to) {
  static final int TICKS = 4;

  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }

  double tick(int index) {
    return low + (high - low) * index / TICKS;
  }

  String label(int index) {
    double value = tick(index);
    boolean whole = Math.rint(value) == value || Math.abs(value) >= 100;
    int digits = whole ? 0 : (int) Math.max(1, 2 - Math.floor(Math.log10(high - low)));
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** Where an axis starts that has to show this value: at 0, or at a round number below it. */
  public static double start(double least) {
    return least >= 0 ? 0 : -round(-least);
  }

  /** Where an axis ends that has to show this value: at a round number, at 0 for negative ones. */
  public static double end(double most) {
    return most <= 0 ? (most == 0 ? 1 : 0) : round(most);
  }

  /** The next number that four ticks divide well. */
  private static double round(double value) {
    double scale = Math.pow(10, Math.floor(Math.log10(value)));
    for (double factor : new double[] {1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10}) {
      if (value <= factor * scale) {
        return factor * scale;
      }
    }
    return 10 * scale;
  }
}
