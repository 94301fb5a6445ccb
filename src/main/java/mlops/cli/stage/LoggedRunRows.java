package mlops.cli.stage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.steps.LoggedRun;

/** What the runs of a job logged to MLflow, as rows of text and as JSON. */
final class LoggedRunRows {
  private static final int MOST = 12;

  /**
   * A few rows for each run: its metrics one by one, then its parameters.
   *
   * @param told names of metrics that stand elsewhere
   */
  static List<String> text(List<LoggedRun> runs, Set<String> told) {
    List<String> lines = new ArrayList<>();
    for (LoggedRun run : runs) {
      List<String> rows = new ArrayList<>(metrics(run, told));
      if (!run.parameters().isEmpty()) {
        rows.add("with " + parameters(run.parameters()));
      }
      if (!rows.isEmpty()) {
        lines.add("logged by " + run.name());
        rows.forEach(row -> lines.add("  " + row));
      }
    }
    return lines;
  }

  private static List<String> metrics(LoggedRun run, Set<String> told) {
    List<Map.Entry<String, Double>> shown =
        run.metrics().entrySet().stream().filter(m -> !told.contains(m.getKey())).toList();
    int width = shown.stream().limit(MOST).mapToInt(m -> m.getKey().length()).max().orElse(0);
    List<String> rows = new ArrayList<>();
    shown.stream()
        .limit(MOST)
        .forEach(
            m -> rows.add(("%-" + width + "s %12s").formatted(m.getKey(), number(m.getValue()))));
    if (shown.size() > MOST) {
      rows.add("… and %d more (-o json has all)".formatted(shown.size() - MOST));
    }
    return rows;
  }

  private static String parameters(Map<String, String> parameters) {
    String more =
        parameters.size() > MOST ? " … and %d more".formatted(parameters.size() - MOST) : "";
    return parameters.entrySet().stream()
            .limit(MOST)
            .map(p -> p.getKey() + " " + p.getValue())
            .collect(Collectors.joining(", "))
        + more;
  }

  /** Four digits are enough to look at, of small numbers the first four. */
  static String number(double value) {
    boolean small = value != 0 && Math.abs(value) < 0.001;
    return String.format(Locale.ROOT, small ? "%.3e" : "%.4f", value);
  }

  /** An object for each run; what is no number in JSON is the text that MLflow has for it. */
  static void json(List<LoggedRun> runs, ArrayNode all) {
    for (LoggedRun run : runs) {
      ObjectNode one = all.addObject().put("run", run.id()).put("name", run.name());
      ObjectNode metrics = one.putObject("metrics");
      run.metrics()
          .forEach(
              (name, value) -> {
                if (Double.isFinite(value)) {
                  metrics.put(name, value);
                } else {
                  metrics.put(name, value.toString());
                }
              });
      run.parameters().forEach(one.putObject("parameters")::put);
      run.trial()
          .ifPresent(trial -> trial.parameters().forEach(one.putObject("hyperparameters")::put));
    }
  }

  private LoggedRunRows() {}
}
