package mlops.cli.stage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mlops.azure.ml.Sweep;
import mlops.azure.ml.Trial;
import mlops.steps.LoggedRun;

/**
 * The trials of sweeps as a table: the metric that decides, then what they tried, the best first.
 */
final class TrialRows {
  private static final int MOST = 12;

  /**
   * A table for each sweep.
   *
   * @param sweeps by the ids of their runs
   */
  static List<String> text(List<LoggedRun> runs, Map<String, Sweep> sweeps) {
    List<String> lines = new ArrayList<>();
    sweeps.forEach((id, sweep) -> table(sweep, trials(runs, id, sweep), lines));
    return lines;
  }

  private static List<LoggedRun> trials(List<LoggedRun> runs, String id, Sweep sweep) {
    Comparator<LoggedRun> order = Comparator.comparingDouble(run -> score(run, sweep));
    return runs.stream()
        .filter(run -> run.trial().filter(t -> t.sweep().equals(id)).isPresent())
        .sorted(sweep.maximize() ? order.reversed() : order)
        .toList();
  }

  /** One that did not log the metric comes last. */
  private static double score(LoggedRun run, Sweep sweep) {
    double none = sweep.maximize() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    return run.metrics().getOrDefault(sweep.metric(), none);
  }

  private static void table(Sweep sweep, List<LoggedRun> trials, List<String> lines) {
    Set<String> names = new LinkedHashSet<>();
    trials.forEach(run -> names.addAll(parameters(run).keySet()));
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("", sweep.metric()));
    head.addAll(names);
    rows.add(head);
    for (LoggedRun run : trials.stream().limit(MOST).toList()) {
      List<String> row = new ArrayList<>();
      boolean best = sweep.best().filter(run.id()::equals).isPresent();
      row.add((best ? "* " : "  ") + run.id().substring(run.id().lastIndexOf('_') + 1));
      Double value = run.metrics().get(sweep.metric());
      row.add(value == null ? "-" : LoggedRunRows.number(value));
      names.forEach(name -> row.add(parameters(run).getOrDefault(name, "-")));
      rows.add(row);
    }
    lines.add(
        "%d trials, %s to %s"
            .formatted(trials.size(), sweep.metric(), sweep.maximize() ? "maximize" : "minimize"));
    rows.forEach(row -> lines.add(("  " + aligned(row, rows)).stripTrailing()));
    if (trials.size() > MOST) {
      lines.add("  … and %d more (-o json has all)".formatted(trials.size() - MOST));
    }
  }

  private static Map<String, String> parameters(LoggedRun run) {
    return run.trial().map(Trial::parameters).orElseGet(Map::of);
  }

  private static String aligned(List<String> row, List<List<String>> all) {
    return IntStream.range(0, row.size())
        .mapToObj(
            i -> {
              int width = all.stream().mapToInt(r -> r.get(i).length()).max().orElse(1);
              return ("%-" + Math.max(1, width) + "s").formatted(row.get(i));
            })
        .collect(Collectors.joining("  "));
  }

  private TrialRows() {}
}
