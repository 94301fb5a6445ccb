package mlops.steps.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import mlops.steps.PredictionRow;

/**
 * Two files of predictions held against each other, row by row.
 *
 * @param first the environment of one
 * @param other the environment of the other
 * @param rows how many rows both have
 * @param missing how many rows of the first the second lacks
 * @param extra how many rows of the second the first lacks
 * @param different how many rows both have with another prediction
 * @param blank how many rows both have where one of them at least has no number
 * @param largest the largest difference between two predictions of a row
 * @param examples the first few differences, one phrase each
 */
public record PredictionComparison(
    String first,
    String other,
    long rows,
    long missing,
    long extra,
    long different,
    long blank,
    double largest,
    List<String> examples) {
  private static final int EXAMPLES = 5;
  private static final long PART_BYTES = 16 << 20;
  private static final int MOST_PARTS = 200; // so many files are open at once

  public boolean isSame() {
    return missing == 0 && extra == 0 && different == 0;
  }

  /** Whose predictions these are. */
  public String pair() {
    return "%s and %s".formatted(first, other);
  }

  /** What is to be told of rows without a number after how many rows there are. */
  public String blanks() {
    return blank == 0 ? "" : String.format(Locale.ROOT, ", %,d of them without a number", blank);
  }

  /**
   * Compares.
   *
   * @param tolerance the largest difference between numbers that counts as none
   */
  static PredictionComparison of(PredictionFile one, PredictionFile other, double tolerance) {
    return of(one, other, tolerance, PART_BYTES);
  }

  /** The same with at most about so many bytes of both files in memory at a time. */
  static PredictionComparison of(
      PredictionFile one, PredictionFile other, double tolerance, long atOnce) {
    Walk walk = new Walk(one.environment(), other.environment(), tolerance);
    int parts = (int) Math.min(MOST_PARTS, 1 + (one.size() + other.size()) / atOnce);
    if (parts == 1) {
      walk.compare(one.sorted(), other.sorted());
      return walk.result();
    }
    try (PartitionedPredictions ones = PartitionedPredictions.of(one, parts);
        PartitionedPredictions others = PartitionedPredictions.of(other, parts)) {
      for (int i = 0; i < parts; i++) {
        walk.compare(ones.part(i).sorted(), others.part(i).sorted());
      }
    }
    return walk.result();
  }

  /** Counts on the way. */
  private static final class Walk {
    private final String first;
    private final String second;
    private final double tolerance;
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long missing;
    private long extra;
    private long different;
    private long blank;
    private double largest;

    Walk(String first, String second, double tolerance) {
      this.first = first;
      this.second = second;
      this.tolerance = tolerance;
    }

    /** Both are sorted by key. */
    void compare(List<PredictionRow> one, List<PredictionRow> other) {
      int i = 0;
      int j = 0;
      while (i < one.size() || j < other.size()) {
        int order = order(one, i, other, j);
        if (order < 0) {
          missing(one.get(i++));
        } else if (order > 0) {
          extra(other.get(j++));
        } else {
          pair(one.get(i++), other.get(j++));
        }
      }
    }

    private static int order(List<PredictionRow> one, int i, List<PredictionRow> other, int j) {
      if (i >= one.size()) {
        return 1;
      }
      return j >= other.size() ? -1 : one.get(i).key().compareTo(other.get(j).key());
    }

    void missing(PredictionRow row) {
      missing++;
      example("row %s is missing in %s".formatted(row.key(), second));
    }

    void extra(PredictionRow row) {
      extra++;
      example("row %s is in %s alone".formatted(row.key(), second));
    }

    void pair(PredictionRow one, PredictionRow other) {
      rows++;
      blank += one.isBlank() || other.isBlank() ? 1 : 0;
      if (one.value().equals(other.value())) {
        return;
      }
      Optional<Double> distance = distance(one.value(), other.value());
      distance.filter(d -> !d.isNaN()).ifPresent(d -> largest = Math.max(largest, d));
      if (distance.filter(d -> d <= tolerance).isEmpty()) { // NaN is within no tolerance
        different++;
        example(
            "row %s: %s %s, %s %s".formatted(one.key(), first, shown(one), second, shown(other)));
      }
    }

    private static Optional<Double> distance(String one, String other) {
      try {
        return Optional.of(Math.abs(Double.parseDouble(one) - Double.parseDouble(other)));
      } catch (NumberFormatException e) {
        return Optional.empty(); // classes, not numbers: they are equal or not
      }
    }

    private static String shown(PredictionRow row) {
      return row.value().isEmpty() ? "nothing" : row.value();
    }

    private void example(String text) {
      if (examples.size() < EXAMPLES) {
        examples.add(text);
      }
    }

    PredictionComparison result() {
      return new PredictionComparison(
          first, second, rows, missing, extra, different, blank, largest, List.copyOf(examples));
    }
  }
}
