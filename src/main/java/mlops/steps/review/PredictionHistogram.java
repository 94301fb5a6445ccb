package mlops.steps.review;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import mlops.html.ChartAxis;
import mlops.html.Charts;

/**
 * How often predictions fall into each of some equal ranges.
 *
 * @param low where the first range starts
 * @param high where the last one ends
 * @param counts for each file how many of its rows are in each range
 */
public record PredictionHistogram(double low, double high, List<List<Long>> counts) {
  private static final int RANGES = 30;

  /** The same for a picture. */
  public Charts.Ranges ranges() {
    return new Charts.Ranges(low, high, counts);
  }

  /** That of files that batch-score downloaded. */
  public static Optional<PredictionHistogram> in(List<Path> files) {
    return of(
        files.stream()
            .map(file -> Optional.of(new PredictionFile("", file)).filter(f -> Files.exists(file)))
            .toList());
  }

  /** Reads each file twice and keeps none of their rows. Empty where they hold no numbers. */
  static Optional<PredictionHistogram> of(List<Optional<PredictionFile>> files) {
    Extent extent = new Extent();
    files.forEach(file -> file.ifPresent(f -> f.each(row -> extent.add(row.value()))));
    if (extent.isEmpty()) {
      return Optional.empty();
    }
    double low = ChartAxis.start(extent.least);
    double high = ChartAxis.end(extent.most);
    return Optional.of(
        new PredictionHistogram(
            low, high, files.stream().map(file -> counts(file, low, high)).toList()));
  }

  private static List<Long> counts(Optional<PredictionFile> file, double low, double high) {
    long[] counts = new long[RANGES];
    file.ifPresent(
        f ->
            f.each(
                row -> {
                  double value = number(row.value());
                  if (!Double.isNaN(value)) {
                    int range = (int) ((value - low) / (high - low) * RANGES);
                    counts[Math.min(RANGES - 1, range)]++;
                  }
                }));
    return Arrays.stream(counts).boxed().toList();
  }

  private static double number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      return Double.NaN; // no prediction, or a class
    }
  }

  /** The smallest and the largest number seen. */
  private static final class Extent {
    private double least = Double.POSITIVE_INFINITY;
    private double most = Double.NEGATIVE_INFINITY;

    void add(String text) {
      double value = number(text);
      if (!Double.isNaN(value)) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }

    boolean isEmpty() {
      return least > most;
    }
  }
}
