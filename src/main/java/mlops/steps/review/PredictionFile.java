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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.error.MlopsException;

/**
 * A file of predictions. Mini batches may end in any order, so rows are distinguished by what they
 * say before the prediction: the name of the input file, the row.
 *
 * @param environment whose endpoint predicted them
 */
record PredictionFile(String environment, Path path) {

  /**
   * One prediction.
   *
   * @param key what comes before it in its line
   * @param value the prediction as it stands there; empty where the model gave none
   */
  record Row(String key, String value) {

    /** What deployments of MLflow models without code write: row, prediction, file. */
    private static final Pattern MLFLOW = Pattern.compile("(\\d+),(.*),([^,]*[^,\\d.][^,]*)");

    private static final Pattern BLANK = Pattern.compile("(?i)nan|null|none");

    static Row of(String line) {
      Matcher mlflow = MLFLOW.matcher(line);
      if (mlflow.matches()) {
        return new Row(mlflow.group(3) + " " + mlflow.group(1), mlflow.group(2));
      }
      String[] fields = line.split("[,\\s]+", -1);
      List<String> key = List.of(fields).subList(0, fields.length - 1);
      return new Row(String.join(" ", key), fields[fields.length - 1]);
    }

    /** Whether the model gave nothing, or what is no number and no class. */
    boolean isBlank() {
      return value.isEmpty() || BLANK.matcher(value).matches();
    }

    /** A line that reads as this row. */
    String line() {
      return key.isEmpty() ? value : key + " " + value;
    }
  }

  static PredictionFile read(Path path, String environment) {
    if (!Files.isRegularFile(path)) {
      throw MlopsException.failed(
          "NoPredictions",
          "there are no predictions of %s: %s does not exist".formatted(environment, path),
          "Score first: mlops batch-score --env " + environment);
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
  void each(Consumer<Row> consumer) {
    try (BufferedReader lines = Files.newBufferedReader(path)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank()) {
          consumer.accept(Row.of(line));
        }
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** All rows by key; those with the same key stay in the order of the file. */
  List<Row> sorted() {
    List<Row> rows = new ArrayList<>();
    each(rows::add);
    rows.sort(Comparator.comparing(Row::key));
    return rows;
  }

  private UncheckedIOException unreadable(IOException cause) {
    return new UncheckedIOException("the predictions " + path + " cannot be read", cause);
  }
}
