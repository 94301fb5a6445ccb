package mlops.steps.review;

import static mlops.steps.review.ReportPage.escape;
import static mlops.steps.review.ReportPage.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.html.Charts;

/** The parts of a report on whether the targets score alike. */
record ComparisonSection(List<ComparedTargets> compared) {

  /** The verdicts at the head of the page. */
  String banners() {
    return compared.stream().noneMatch(ComparedTargets::isPair)
        ? banner("open", "Nothing to compare", "The profile has fewer than two targets.", "")
        : compared.stream().map(ComparisonSection::banner).collect(Collectors.joining("\n"));
  }

  private static String banner(ComparedTargets targets) {
    String names =
        targets.names().substring(0, 1).toUpperCase(Locale.ROOT) + targets.names().substring(1);
    if (targets.comparison().isEmpty()) {
      return banner("open", names + " have not both scored yet", "Run mlops batch-score.", "");
    }
    PredictionComparison found = targets.comparison().get();
    if (found.isSame()) {
      String rows = text("%,d rows, each with the same prediction%s", found.rows(), found.blanks());
      return banner("good", names + " score alike", rows, "");
    }
    StringBuilder examples = new StringBuilder();
    found.examples().forEach(e -> examples.append("<li>").append(escape(e)).append("</li>"));
    return banner(
        "bad",
        names + " do not score alike",
        text(
            "%,d rows differ (by up to %.4g), %,d are missing in %s, %,d are in %s alone",
            found.different(),
            found.largest(),
            found.missing(),
            found.other(),
            found.extra(),
            found.other()),
        "<ul>" + examples + "</ul>");
  }

  private static String banner(String kind, String title, String detail, String more) {
    return text(
        "<section class=\"banner %s\"><strong>%s</strong><span>%s</span>%s</section>",
        kind, escape(title), escape(detail), more);
  }

  /** How many rows were compared; of several comparisons the first tells. */
  Optional<Long> rows() {
    return compared.stream()
        .flatMap(targets -> targets.comparison().stream())
        .map(PredictionComparison::rows)
        .findFirst();
  }

  /** Where the predictions lie, a figure for each comparison. */
  String charts() {
    StringBuilder html = new StringBuilder();
    for (ComparedTargets targets : compared) {
      targets.histogram().ifPresent(found -> html.append(figure(targets, found)));
    }
    return html.toString();
  }

  private static String figure(ComparedTargets targets, PredictionHistogram found) {
    List<String> names = targets.environments();
    String legend =
        targets.isPair() ? text(": %s as bars, %s as a line", names.get(0), names.get(1)) : "";
    return ReportPage.figure(
        "Predictions of " + targets.names(),
        Charts.histogram(found.ranges(), names),
        "How often each value was predicted%s.".formatted(legend));
  }
}
