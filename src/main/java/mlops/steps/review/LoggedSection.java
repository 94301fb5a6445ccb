package mlops.steps.review;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import mlops.steps.LoggedRun;

/** The part of a report on what the runs of a job logged: nothing where they logged nothing. */
record LoggedSection(List<LoggedRun> runs, List<LoggedImage> images) {
  private static final List<String> COLUMNS = List.of("run", "metrics", "parameters");

  String html() {
    return runs.isEmpty()
        ? ""
        : "<h2 id=\"logged\">What the jobs logged</h2>" + table() + figures();
  }

  private String table() {
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"logged\"><table><thead><tr>%s</tr></thead><tbody>%s</tbody></table></div>"
        .formatted(
            COLUMNS.stream()
                .map("<th scope=\"col\">%s</th>"::formatted)
                .collect(Collectors.joining()),
            runs.stream().map(LoggedSection::row).collect(Collectors.joining()));
  }

  private static String row(LoggedRun run) {
    return "<tr><th scope=\"row\">%s</th>%s%s</tr>"
        .formatted(
            ReportPage.escape(run.name()),
            cell(1, run.metrics(), value -> String.format(Locale.ROOT, "%.6g", value)),
            cell(2, run.parameters(), value -> value));
  }

  private static <T> String cell(int column, Map<String, T> values, Function<T, String> shown) {
    return "<td data-column=\"%s\">%s</td>"
        .formatted(
            COLUMNS.get(column),
            values.entrySet().stream()
                .map(v -> ReportPage.escape(v.getKey() + " " + shown.apply(v.getValue())))
                .collect(Collectors.joining("<br>")));
  }

  private String figures() {
    if (images.isEmpty()) {
      return "";
    }
    return images.stream()
        .map(
            image ->
                "<figure><h3>%s</h3><img src=\"%s\" alt=\"\"></figure>"
                    .formatted(ReportPage.escape(image.name()), image.address()))
        .collect(Collectors.joining("", "<div class=\"charts logged\">", "</div>"));
  }
}
