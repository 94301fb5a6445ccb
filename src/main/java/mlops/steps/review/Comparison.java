package mlops.steps.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.steps.review.PredictionFile.Row;

/**
 * Two files of predictions held against each other, row by row.
 *
 * @param rows how many rows both have
 * @param missing how many rows of the first the second lacks
 * @param extra how many rows of the second the first lacks
 * @param different how many rows both have with another prediction
 * @param largest the largest difference between two predictions of a row
 * @param examples the first few differences, one phrase each
 */
public record Comparison(
    long rows, long missing, long extra, long different, double largest, List<String> examples) {
  private static final int EXAMPLES = 5;

  public boolean isSame() {
    return missing == 0 && extra == 0 && different == 0;
  }

  /**
   * Compares; both are sorted by key.
   *
   * @param tolerance the largest difference between numbers that counts as none
   */
  static Comparison of(PredictionFile one, PredictionFile other, double tolerance) {
    Walk walk = new Walk(tolerance);
    int i = 0;
    int j = 0;
    while (i < one.rows().size() || j < other.rows().size()) {
      int order = order(one.rows(), i, other.rows(), j);
      if (order < 0) {
        walk.missing(one.rows().get(i++));
      } else if (order > 0) {
        walk.extra(other.rows().get(j++));
      } else {
        walk.pair(one.rows().get(i++), other.rows().get(j++));
      }
    }
    return walk.result();
  }

  private static int order(List<Row> one, int i, List<Row> other, int j) {
    if (i >= one.size()) {
      return 1;
    }
    return j >= other.size() ? -1 : one.get(i).key().compareTo(other.get(j).key());
  }

  /** Counts on the way. */
  private static final class Walk {
    private final double tolerance;
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long missing;
    private long extra;
    private long different;
    private double largest;

    Walk(double tolerance) {
      this.tolerance = tolerance;
    }

    void missing(Row row) {
      missing++;
      example("row %s is missing in prod".formatted(row.key()));
    }

    void extra(Row row) {
      extra++;
      example("row %s is in prod alone".formatted(row.key()));
    }

    void pair(Row one, Row other) {
      rows++;
      if (one.value().equals(other.value())) {
        return;
      }
      Optional<Double> distance = distance(one.value(), other.value());
      distance.ifPresent(d -> largest = Math.max(largest, d));
      if (distance.isEmpty() || distance.get() > tolerance) {
        different++;
        example("row %s: test %s, prod %s".formatted(one.key(), one.value(), other.value()));
      }
    }

    private static Optional<Double> distance(String one, String other) {
      try {
        return Optional.of(Math.abs(Double.parseDouble(one) - Double.parseDouble(other)));
      } catch (NumberFormatException e) {
        return Optional.empty(); // classes, not numbers: they are equal or not
      }
    }

    private void example(String text) {
      if (examples.size() < EXAMPLES) {
        examples.add(text);
      }
    }

    Comparison result() {
      return new Comparison(rows, missing, extra, different, largest, List.copyOf(examples));
    }
  }
}
