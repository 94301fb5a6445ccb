package mlops.steps.review;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import mlops.error.MlopsException;
import mlops.steps.PredictionRow;

/**
 * A file of predictions. Mini batches may end in any order, so rows are distinguished by what they
 * say before the prediction: the name of the input file, the row.
 *
 * @param environment whose endpoint predicted them
 */
record PredictionFile(String environment, Path path) {

  /**
   * The one of this path.
   *
   * @param scoring the command that writes it
   */
  static PredictionFile read(Path path, String environment, String scoring) {
    if (!Files.isRegularFile(path)) {
      throw MlopsException.failed(
          "NoPredictions",
          "there are no predictions of %s: %s does not exist".formatted(environment, path),
          "Score first: " + scoring);
    }
    return new PredictionFile(environment, path);
  }

  /** In bytes. */
  long size() {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Gives the rows one by one, in the order of the file, so that none needs to be kept. */
  void each(Consumer<PredictionRow> consumer) {
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          consumer.accept(PredictionRow.of(line));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** All rows by key; those with the same key stay in the order of the file. */
  List<PredictionRow> sorted() {
    List<PredictionRow> rows = new ArrayList<>();
    each(rows::add);
    rows.sort(Comparator.comparing(PredictionRow::key));
    return rows;
  }

  private UncheckedIOException unreadable(IOException cause) {
    return new UncheckedIOException("the predictions " + path + " cannot be read", cause);
  }
}
