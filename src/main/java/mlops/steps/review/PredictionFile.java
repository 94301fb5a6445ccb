package mlops.steps.review;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlops.MlopsException;

/**
 * The rows of a file of predictions, in a fixed order: mini batches may end in any order, so rows
 * are told apart by what they say before the prediction (the name of the input file, the row).
 */
record PredictionFile(Path path, List<Row> rows) {

  /**
   * One prediction.
   *
   * @param key what comes before it in its line
   * @param value the prediction as it stands there
   */
  record Row(String key, String value) {

    static Row of(String line) {
      String[] fields = line.strip().split("[,\\s]+");
      String value = fields[fields.length - 1];
      List<String> key = List.of(fields).subList(0, fields.length - 1);
      return new Row(String.join(" ", key), value);
    }
  }

  static PredictionFile read(Path path, String environment) {
    if (!Files.isRegularFile(path)) {
      throw MlopsException.failed(
          "NoPredictions",
          "there are no predictions of %s: %s does not exist".formatted(environment, path),
          "Score first: mlops batch-score --env " + environment);
    }
    List<Row> rows = new ArrayList<>();
    try (Stream<String> lines = Files.lines(path)) {
      lines.filter(line -> !line.isBlank()).map(Row::of).forEach(rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException("the predictions " + path + " cannot be read", e);
    }
    rows.sort((a, b) -> a.key().compareTo(b.key()));
    return new PredictionFile(path, rows);
  }
}
