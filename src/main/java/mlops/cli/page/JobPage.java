package mlops.cli.page;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.steps.LoggedRun;
import mlops.steps.review.PredictionComparison;
import mlops.steps.review.PredictionHistogram;
import mlops.steps.scoring.ScoringResult;
import mlops.steps.train.GateVerdict;
import mlops.steps.train.Train;

/** What the page of a job on GitHub tells of a training, a scoring and a comparison. */
public final class JobPage {
  private static final int MOST = 30;

  /** The metrics of the candidate beside those of the champion, and what the runs logged. */
  public static String trained(Train train, List<LoggedRun> logged) {
    StringBuilder page = new StringBuilder();
    Optional<GateVerdict> verdict = train.verdict().ifKnown();
    train
        .version()
        .ifKnown()
        .ifPresent(
            version ->
                page.append(
                    "**%s** version **%s**\n\n"
                        .formatted(MarkdownTable.plain(train.model()), version)));
    verdict.ifPresent(
        v -> page.append(MarkdownTable.plain(v.sentence())).append("\n\n").append(metrics(v)));
    logged.stream()
        .filter(run -> run.trial().isEmpty() && !run.metrics().isEmpty())
        .filter(run -> verdict.isEmpty() || verdict.get().candidate().isEmpty())
        .forEach(run -> page.append(metrics(run)));
    return page.toString();
  }

  private static String metrics(GateVerdict verdict) {
    Map<String, Double> candidate = verdict.candidate();
    Map<String, Double> champion = verdict.champion();
    if (candidate.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    Map<String, Double> percent = new LinkedHashMap<>();
    candidate.forEach(
        (metric, value) -> {
          Double before = champion.get(metric);
          rows.add(List.of(metric, number(value), before == null ? "" : number(before)));
          if (before != null && before > 0 && value >= 0 && Double.isFinite(value / before)) {
            percent.put(metric, value / before * 100);
          }
        });
    String table = new MarkdownTable(List.of("metric", "candidate", "champion"), rows).markdown();
    return percent.isEmpty() ? table : table + beside(percent);
  }

  private static String beside(Map<String, Double> percent) {
    return new MermaidChart(
            "The candidate in percent of the champion",
            MermaidChart.names(List.copyOf(percent.keySet())),
            "percent",
            List.copyOf(percent.values()),
            List.of(percent.keySet().stream().map(metric -> 100.0).toList()))
        .markdown();
  }

  private static String metrics(LoggedRun run) {
    List<List<String>> rows =
        run.metrics().entrySet().stream()
            .limit(MOST)
            .map(m -> List.of(m.getKey(), number(m.getValue())))
            .toList();
    return new MarkdownTable(List.of("logged by " + run.name(), "last value"), rows).markdown();
  }

  /** How much was scored, and how the predictions are distributed. */
  public static String scored(ScoringResult scored) {
    double seconds = scored.time().toMillis() / 1000.0;
    List<String> head = List.of("scored", "rows", "without a number", "seconds", "rows/s");
    List<String> row =
        List.of(
            scored.job(),
            count(scored.rows()),
            count(scored.blank()),
            String.format(Locale.ROOT, "%.1f", seconds),
            String.format(Locale.ROOT, "%.1f", scored.rowsPerSecond()));
    String table =
        scored.file().isEmpty()
            ? "Scored in %.1f s; the deployment keeps a summary only.\n\n".formatted(seconds)
            : new MarkdownTable(head, List.of(row)).markdown();
    return table
        + distribution("Predictions", scored.file().stream().toList())
        + "In Azure: %s\n\n".formatted(MarkdownTable.plain(scored.uri()));
  }

  /**
   * Each pair of environments, and their predictions over each other.
   *
   * @param predictions the folder that batch-score downloads to
   */
  public static String compared(List<PredictionComparison> found, Path predictions) {
    List<List<String>> rows =
        found.stream()
            .map(
                c ->
                    List.of(
                        c.pair(),
                        count(c.rows()),
                        count(c.different()),
                        count(c.missing()),
                        count(c.extra()),
                        c.largest() == 0 ? "0" : String.format(Locale.ROOT, "%.3e", c.largest())))
            .toList();
    List<String> environments =
        Stream.concat(
                Stream.of(found.get(0).first()), found.stream().map(PredictionComparison::other))
            .toList();
    List<String> head = List.of("", "rows", "different", "missing", "more", "largest difference");
    return new MarkdownTable(head, rows).markdown()
        + distribution(
            "Predictions: bars of %s, lines of %s"
                .formatted(
                    environments.get(0),
                    String.join(", ", environments.subList(1, environments.size()))),
            environments.stream()
                .map(env -> predictions.resolve(env).resolve("predictions.csv"))
                .toList());
  }

  /** Nothing where there are no numbers to show. */
  private static String distribution(String title, List<Path> files) {
    return PredictionHistogram.in(files)
        .map(
            h -> {
              List<List<Double>> counts =
                  h.counts().stream()
                      .map(all -> all.stream().map(Long::doubleValue).toList())
                      .toList();
              return new MermaidChart(
                      title,
                      MermaidChart.range("prediction", h.low(), h.high()),
                      "rows",
                      counts.get(0),
                      counts.subList(1, counts.size()))
                  .markdown();
            })
        .orElse("");
  }

  private static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private JobPage() {}
}
