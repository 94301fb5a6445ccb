package mlops.steps;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One prediction, a line of what batch scoring wrote.
 *
 * @param key what comes before it in its line
 * @param value the prediction as it stands there; empty where the model gave none
 */
public record PredictionRow(String key, String value) {

  /** What deployments of MLflow models without code write: row, prediction, file. */
  private static final Pattern MLFLOW = Pattern.compile("(\\d+),(.*),([^,]*[^,\\d.][^,]*)");

  private static final Pattern BLANK = Pattern.compile("(?i)nan|null|none");

  /** Reads a line; where it ends in a separator, the model gave nothing. */
  public static PredictionRow of(String line) {
    Matcher mlflow = MLFLOW.matcher(line);
    if (mlflow.matches()) {
      return new PredictionRow(mlflow.group(3) + " " + mlflow.group(1), mlflow.group(2));
    }
    String[] fields = line.split("[,\\s]+", -1);
    List<String> key = List.of(fields).subList(0, fields.length - 1);
    return new PredictionRow(String.join(" ", key), fields[fields.length - 1]);
  }

  /** Whether the model gave nothing, or what is no number and no class. */
  public boolean isBlank() {
    return value.isEmpty() || BLANK.matcher(value).matches();
  }

  /** A line that reads as this row. */
  public String line() {
    return key.isEmpty() ? value : key + " " + value;
  }
}
