package mlops.steps.review;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import mlops.steps.Lineage;

/** The report as one HTML page that needs nothing else: no network, no script. */
final class Page {
  private final Evidence evidence;

  Page(Evidence evidence) {
    this.evidence = evidence;
  }

  String html() {
    return template()
        .replace("{{suffix}}", escape(evidence.suffix()))
        .replace("{{cloud}}", escape(evidence.cloud()))
        .replace("{{verdict}}", verdict())
        .replace("{{metrics}}", metrics())
        .replace("{{charts}}", charts())
        .replace("{{lineage}}", lineage())
        .replace("{{timings}}", timings());
  }

  private String verdict() {
    if (evidence.comparison().isEmpty()) {
      return banner("open", "Test and prod have not both scored yet", "Run mlops batch-score.");
    }
    Comparison found = evidence.comparison().get();
    return found.isSame()
        ? banner(
            "good",
            "Test and prod score alike",
            text("%,d rows, each with the same prediction", found.rows()))
        : banner(
            "bad",
            "Test and prod do not score alike",
            text(
                "%,d rows differ (by up to %.4g), %,d are missing in prod, %,d are in prod alone",
                found.different(), found.largest(), found.missing(), found.extra()));
  }

  private static String banner(String kind, String title, String detail) {
    return text(
        "<section class=\"banner %s\"><strong>%s</strong><span>%s</span></section>",
        kind, escape(title), escape(detail));
  }

  private String metrics() {
    StringBuilder cards = new StringBuilder();
    evidence.environments().get(0).models().stream()
        .findFirst()
        .ifPresent(
            model ->
                new TreeMap<>(model.lineage().metrics())
                    .forEach((name, value) -> cards.append(card(name, value))));
    evidence.comparison().ifPresent(c -> cards.append(card("rows scored", text("%,d", c.rows()))));
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
              Charts.scatter(evidence.points(), "fare"),
              text(
                  "Real against predicted, on the %,d test rows of training. On the line a prediction is exact.",
                  evidence.points().size())));
    }
    if (!evidence.testPredictions().isEmpty()) {
      html.append(
          figure(
              Charts.histogram(
                  evidence.testPredictions(), evidence.prodPredictions(), "predicted fare"),
              "Distribution of the predictions: test filled, prod as a line."));
    }
    return html.toString();
  }

  private static String figure(String svg, String caption) {
    return text("<figure>%s<figcaption>%s</figcaption></figure>", svg, escape(caption));
  }

  private String lineage() {
    StringBuilder rows = new StringBuilder();
    for (Status.Environment environment : evidence.environments()) {
      if (environment.models().isEmpty()) {
        rows.append(row(environment.name(), "no model yet", "", "", "", "", ""));
      }
      environment.models().stream().limit(3).forEach(model -> rows.append(row(environment, model)));
    }
    return rows.toString();
  }

  private static String row(Status.Environment environment, Status.Model model) {
    Lineage lineage = model.lineage();
    boolean serves =
        environment.serving().filter(s -> s.modelVersion().equals(model.version())).isPresent();
    String commit =
        lineage.commit().length() > 12 ? lineage.commit().substring(0, 12) : lineage.commit();
    return row(
        environment.name(),
        environment.model(),
        model.version() + (serves ? " ●" : ""),
        lineage.workspace().isEmpty() ? "" : lineage.workspace() + ":" + lineage.version(),
        lineage.job(),
        commit + (lineage.dirty().equals("true") ? " (changed)" : ""),
        lineage.manifest().isEmpty() ? "" : lineage.manifest().hash().substring(0, 16));
  }

  private static String row(String... cells) {
    StringBuilder html = new StringBuilder("<tr>");
    for (String cell : cells) {
      html.append("<td>").append(escape(cell)).append("</td>");
    }
    return html.append("</tr>").toString();
  }

  private String timings() {
    double longest =
        evidence.timings().stream().mapToDouble(t -> t.time().toMillis()).max().orElse(1);
    StringBuilder html = new StringBuilder();
    for (Evidence.Timing timing : evidence.timings()) {
      html.append(
          text(
              "<div class=\"time\"><span>%s</span><i style=\"width:%.1f%%\"></i><em>%.1f s</em></div>",
              escape(timing.name()),
              Math.max(1, timing.time().toMillis() / longest * 60),
              timing.time().toMillis() / 1000.0));
    }
    return html.toString();
  }

  private static String template() {
    try (InputStream in = Page.class.getResourceAsStream("report.html")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
