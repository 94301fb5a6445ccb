package mlops.steps.review;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import mlops.html.Charts;
import mlops.html.PageStyle;
import mlops.steps.Lineage;

/** The report as one HTML page that needs nothing else: no network, no script. */
final class ReportPage {
  /** By which a report is known again, with its suffix. */
  static final Pattern TITLE = Pattern.compile("<title>mlops report: ([^<]*)</title>");

  private static final int MODELS_SHOWN = 3;
  private static final List<String> COLUMNS =
      List.of(
          "environment",
          "model",
          "version",
          "trained as",
          "job",
          "commit",
          "gate",
          "files (SHA-256)",
          "made or promoted (UTC)");

  private final ReportData evidence;

  ReportPage(ReportData evidence) {
    this.evidence = evidence;
  }

  String html() {
    return template()
        .replace("{{style}}", PageStyle.common())
        .replace("{{suffix}}", escape(evidence.suffix()))
        .replace("{{journey}}", escape(journey()))
        .replace("{{cloud}}", escape(evidence.cloud()))
        .replace("{{verdict}}", comparison().banners())
        .replace("{{metrics}}", metrics())
        .replace("{{charts}}", charts())
        .replace("{{columns}}", columns())
        .replace("{{logged}}", evidence.logged().html())
        .replace("{{lineage}}", lineage())
        .replace("{{chain}}", evidence.chain().html())
        .replace("{{timings}}", timings());
  }

  private String journey() {
    return evidence.environments().stream()
        .map(ModelStatus.Environment::name)
        .collect(Collectors.joining(" to ", "From ", ""));
  }

  private ComparisonSection comparison() {
    return new ComparisonSection(evidence.compared());
  }

  private String metrics() {
    StringBuilder cards = new StringBuilder();
    evidence.environments().get(0).models().stream()
        .findFirst()
        .ifPresent(
            model ->
                new TreeMap<>(model.lineage().metrics())
                    .forEach((name, value) -> cards.append(card(name, value))));
    new TreeMap<>(evidence.withFeatures())
        .forEach((name, value) -> cards.append(card(name + " with features", value)));
    comparison().rows().ifPresent(rows -> cards.append(card("rows scored", text("%,d", rows))));
    return cards.toString();
  }

  private static String card(String name, String value) {
    return text(
        "<div class=\"card\"><b>%s</b><span>%s</span></div>",
        escape(shortened(value)), escape(name));
  }

  /** Four digits are enough to look at. */
  private static String shortened(String number) {
    try {
      return number.contains(".") ? text("%.4f", Double.parseDouble(number)) : number;
    } catch (NumberFormatException e) {
      return number;
    }
  }

  private String charts() {
    StringBuilder html = new StringBuilder();
    if (!evidence.points().isEmpty()) {
      html.append(
          figure(
              "Real against predicted",
              Charts.scatter(evidence.points()),
              text(
                  "The %,d test rows of training. On the line a prediction is exact.",
                  evidence.points().size())));
    }
    html.append(comparison().charts());
    return html.isEmpty()
        ? "<p class=\"none\">Nothing has been predicted yet.</p>"
        : html.toString();
  }

  static String figure(String title, String svg, String caption) {
    return text(
        "<figure><h3>%s</h3>%s<figcaption>%s</figcaption></figure>",
        escape(title), svg, escape(caption));
  }

  private static String columns() {
    StringBuilder html = new StringBuilder();
    COLUMNS.forEach(c -> html.append("<th scope=\"col\">").append(escape(c)).append("</th>"));
    return html.toString();
  }

  private String lineage() {
    StringBuilder rows = new StringBuilder();
    for (ModelStatus.Environment environment : evidence.environments()) {
      if (environment.models().isEmpty()) {
        rows.append(row(environment.name(), "no model yet", "", "", "", "", "", "", ""));
      }
      environment.models().stream()
          .limit(MODELS_SHOWN)
          .forEach(model -> rows.append(row(environment, model)));
    }
    return rows.toString();
  }

  private static String row(ModelStatus.Environment environment, ModelStatus.Model model) {
    Lineage lineage = model.lineage();
    boolean serves =
        environment.serving().filter(s -> s.modelVersion().equals(model.version())).isPresent();
    return row(
        environment.name(),
        environment.model(),
        model.version() + (serves ? " ● serves" : ""),
        lineage.trained().workspace().isEmpty()
            ? ""
            : lineage.trained().workspace() + ":" + lineage.trained().version(),
        lineage.job(),
        first(12, lineage.commit().hash())
            + (lineage.commit().dirty().equals("true") ? " (changed)" : ""),
        lineage.gate(),
        lineage.manifest().isEmpty() ? "" : first(16, lineage.manifest().hash()),
        "%s %s".formatted(first(19, model.at()).replace('T', ' '), model.by()).strip());
  }

  private static String first(int length, String text) {
    return text.length() > length ? text.substring(0, length) : text;
  }

  private static String row(String... cells) {
    StringBuilder html = new StringBuilder("<tr>");
    for (int i = 0; i < cells.length; i++) {
      String cell = escape(cells[i]);
      html.append(
          i == 0
              ? "<th scope=\"row\">" + cell + "</th>"
              : text("<td data-column=\"%s\">%s</td>", escape(COLUMNS.get(i)), cell));
    }
    return html.append("</tr>").toString();
  }

  private String timings() {
    double longest =
        evidence.timings().stream().mapToDouble(t -> t.time().toMillis()).max().orElse(1);
    StringBuilder html = new StringBuilder();
    if (evidence.timings().isEmpty()) {
      return "<p class=\"none\">No job has run yet.</p>";
    }
    for (ReportData.Timing timing : evidence.timings()) {
      html.append(
          text(
              "<li class=\"time\"><span>%s</span><i style=\"--share:%.3f\"></i><em>%.1f"
                  + " s</em></li>",
              escape(timing.name()),
              Math.max(0.01, timing.time().toMillis() / longest),
              timing.time().toMillis() / 1000.0));
    }
    return html.toString();
  }

  private static String template() {
    try (InputStream in = ReportPage.class.getResourceAsStream("report.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
