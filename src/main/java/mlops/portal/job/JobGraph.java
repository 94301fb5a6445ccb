package mlops.portal.job;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.azure.ml.RunClient;
import mlops.html.Html;
import mlops.portal.shown.Figures;

/** The steps of a pipeline as a picture: each below those whose outputs it reads. */
final class JobGraph {
  private static final Pattern USES = Pattern.compile("\\$\\{\\{parent\\.jobs\\.([^.}]+)\\.");

  /** The width of a box where so many are side by side, from one on; of more, they share it. */
  private static final List<Integer> WIDE = List.of(300, 200, 180);

  private static final int WIDEST = 560;
  private static final int HIGH = 48;
  private static final int GAP = 26;
  private static final int NARROW = 12;

  private final Map<String, Set<String>> needs = new LinkedHashMap<>();
  private final Map<String, Integer> rows = new HashMap<>();
  private final Map<String, RunClient.Run> runs = new HashMap<>();

  /**
   * Of a pipeline.
   *
   * @param jobs its steps by name, as the job describes them
   * @param children how each went so far
   */
  JobGraph(JsonNode jobs, List<RunClient.Run> children) {
    jobs.fields().forEachRemaining(step -> needs.put(step.getKey(), used(step.getValue())));
    needs.values().forEach(used -> used.retainAll(needs.keySet()));
    needs.keySet().forEach(step -> row(step, needs.size()));
    children.forEach(run -> runs.put(run.name(), run));
  }

  private static Set<String> used(JsonNode step) {
    Set<String> names = new TreeSet<>();
    Matcher use = USES.matcher(step.toString());
    while (use.find()) {
      names.add(use.group(1));
    }
    return names;
  }

  /**
   * The row of a step: one below the lowest that it needs.
   *
   * @param most how deep to look; steps that need each other would have no end
   */
  private int row(String step, int most) {
    Integer known = rows.get(step);
    if (known != null || most == 0) {
      return known == null ? 0 : known;
    }
    int row =
        needs.getOrDefault(step, Set.of()).stream()
            .mapToInt(n -> row(n, most - 1) + 1)
            .max()
            .orElse(0);
    rows.put(step, row);
    return row;
  }

  boolean isEmpty() {
    return needs.isEmpty();
  }

  /** The picture; what it says stands in the table of steps, too. */
  Html html() {
    Map<Integer, List<String>> byRow = new LinkedHashMap<>();
    needs.keySet().forEach(s -> byRow.computeIfAbsent(rows.get(s), r -> new ArrayList<>()).add(s));
    int height = byRow.size() * (HIGH + GAP) - GAP + 4;
    int most = byRow.values().stream().mapToInt(List::size).max().orElse(1);
    int width = most > WIDE.size() ? WIDEST : most * (WIDE.get(most - 1) + NARROW);
    StringBuilder svg = new StringBuilder();
    Map<String, double[]> places = new HashMap<>();
    byRow.forEach((row, steps) -> place(places, row, steps, width));
    needs.forEach((step, used) -> used.forEach(from -> edge(svg, places, from, step)));
    needs.keySet().forEach(step -> box(svg, places.getOrDefault(step, new double[3]), step));
    return new Html(
        "<svg class=\"graph\" width=\"%1$d\" height=\"%2$d\" viewBox=\"0 0 %1$d %2$d\" role=\"img\" aria-label=\"%3$s\">%4$s</svg>"
            .formatted(width, height, Html.text(words()).markup(), svg));
  }

  private String words() {
    List<String> words = new ArrayList<>();
    needs.forEach(
        (step, used) ->
            words.add(used.isEmpty() ? step : step + " after " + String.join(" and ", used)));
    return "The steps of the pipeline: " + String.join(", ", words);
  }

  private static void place(Map<String, double[]> places, int row, List<String> steps, int width) {
    double wide = Math.min(WIDE.get(0), (double) width / steps.size() - NARROW);
    double left = (width - wide * steps.size() - NARROW * (steps.size() - 1)) / 2;
    for (int i = 0; i < steps.size(); i++) {
      double x = left + i * (wide + NARROW);
      places.put(steps.get(i), new double[] {x, 2 + row * (double) (HIGH + GAP), wide});
    }
  }

  private static void edge(
      StringBuilder svg, Map<String, double[]> places, String from, String to) {
    double[] a = places.getOrDefault(from, new double[3]);
    double[] b = places.getOrDefault(to, new double[3]);
    double middle = (a[1] + HIGH + b[1]) / 2;
    add(
        svg,
        "<path class=\"edge\" d=\"M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f\"/>",
        a[0] + a[2] / 2,
        a[1] + HIGH,
        a[0] + a[2] / 2,
        middle,
        b[0] + b[2] / 2,
        middle,
        b[0] + b[2] / 2,
        b[1]);
  }

  private void box(StringBuilder svg, double[] place, String step) {
    RunClient.Run run = runs.get(step);
    JobStatus status = new JobStatus(run == null ? "NotStarted" : run.status());
    String took =
        run == null ? "" : run.times().taken().map(t -> " · " + Figures.duration(t)).orElse("");
    add(svg, "<g class=\"step %s\">", status.kind());
    add(
        svg,
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"8\"/>",
        place[0],
        place[1],
        place[2],
        HIGH);
    int letters = (int) (place[2] / 8.5);
    label(svg, place, 20, cut(step, letters), "name");
    label(svg, place, 38, cut(status.word() + took, letters), "detail");
    svg.append("</g>");
  }

  private static void label(StringBuilder svg, double[] place, int down, String text, String kind) {
    add(
        svg,
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>",
        kind,
        place[0] + place[2] / 2,
        place[1] + down,
        Html.text(text).markup());
  }

  private static String cut(String text, int letters) {
    return text.length() <= letters ? text : text.substring(0, Math.max(1, letters - 1)) + "…";
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values));
  }
}
