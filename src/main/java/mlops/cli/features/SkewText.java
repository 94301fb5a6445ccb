package mlops.cli.features;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.features.online.JsonValues;
import mlops.features.skew.Skew;
import mlops.features.skew.SkewCause;
import mlops.features.skew.SkewReport;
import org.jspecify.annotations.Nullable;

/** How far training and serving agree, for people and as JSON. */
record SkewText(List<SkewReport> reports, String online) {
  /** So many keys of each cause are shown; a document has them all. */
  private static final int SHOWN = 5;

  void print(RootCommand mlops) {
    Console console = mlops.environment().console();
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("features check-skew", mlops.options());
      json(document.result());
      document.print(console);
    } else if (!mlops.options().quiet) {
      reports.forEach(r -> text(r, console));
      console.out().flush();
    }
  }

  private static void text(SkewReport report, Console console) {
    PrintWriter out = console.out();
    out.println(
        "%s at %s: %s, %s"
            .formatted(
                report.set(),
                report.at(),
                count(report.keys(), "key"),
                count(report.cells(), "value")));
    out.println("  " + verdict(report));
    if (report.newer() > 0) {
      String what = "  %s not compared: what is kept is newer than the instant";
      out.println(what.formatted(count(report.newer(), "key")));
    }
    if (report.rounded() > 0) {
      String what = "  %s alike but for the last digits: computed in another order";
      out.println(what.formatted(count(report.rounded(), "value")));
    }
    for (Map.Entry<SkewCause, Long> cause : report.causes().entrySet()) {
      cause(report, cause.getKey(), cause.getValue(), console);
    }
  }

  private static String verdict(SkewReport report) {
    long differing = report.skews().size();
    if (report.valued() == 0) {
      return report
          .compareAt()
          .map(
              at ->
                  "no key has a value at that time, so nothing was compared: try --at %s"
                      .formatted(at))
          .orElse("nothing is materialized, so nothing is compared");
    }
    return differing == 0
        ? "training and serving agree in all of them"
        : "%s of training and serving differ, %s alike"
            .formatted(count(differing, "key"), number(report.keys() - differing));
  }

  private static void cause(SkewReport report, SkewCause cause, long keys, Console console) {
    PrintWriter out = console.out();
    String trap = cause.trap.map(t -> "  #" + t.number).orElse("");
    out.println("  %s  %s%s".formatted(count(keys, "key"), cause.words, trap));
    report.skews().stream()
        .filter(s -> s.cause() == cause)
        .limit(SHOWN)
        .forEach(s -> out.println(console.style().dim("    " + line(s))));
    if (keys > SHOWN) {
      out.println(console.style().dim("    … and %s".formatted(number(keys - SHOWN))));
    }
    out.println("    " + cause.wayOut);
  }

  private static String line(Skew skew) {
    String key =
        skew.key().entrySet().stream()
            .map(e -> e.getKey() + "=" + value(e.getValue()))
            .collect(Collectors.joining(", "));
    String cells =
        skew.cells().stream()
            .map(c -> "%s %s ≠ %s".formatted(c.feature(), value(c.offline()), value(c.online())))
            .collect(Collectors.joining(", "));
    String times =
        skew.offlineEvent().equals(skew.onlineEvent())
            ? skew.onlineEvent().map(Instant::toString).orElse("")
            : time(skew.offlineEvent()) + " ≠ " + time(skew.onlineEvent());
    return "%s  %s  (%s)".formatted(key, cells.isEmpty() ? "same values" : cells, times);
  }

  private static String time(Optional<Instant> event) {
    return event.map(Instant::toString).orElse("none");
  }

  private static String value(@Nullable Object value) {
    return JsonValues.node(value).asText();
  }

  private static String count(long count, String thing) {
    return number(count) + " " + thing + (count == 1 ? "" : "s");
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private void json(ObjectNode result) {
    result.put("online", online);
    result.put("agree", reports.stream().allMatch(r -> r.skews().isEmpty()));
    ArrayNode sets = result.putArray("featureSets");
    for (SkewReport report : reports) {
      ObjectNode json = sets.addObject().put("id", report.set());
      json.put("at", report.at().toString()).put("keys", report.keys());
      json.put("cells", report.cells()).put("keysWithValues", report.valued());
      json.put("keysNotCompared", report.newer()).put("cellsRounded", report.rounded());
      json.put("compareAt", report.compareAt().map(Instant::toString).orElse(null));
      json.put("differingKeys", report.skews().size()).put("differingCells", report.differing());
      ArrayNode skews = json.putArray("differences");
      report.skews().forEach(s -> skew(s, skews.addObject()));
    }
  }

  private static void skew(Skew skew, ObjectNode json) {
    json.put("cause", skew.cause().word())
        .put("trap", skew.cause().trap.map(t -> t.number).orElse(null));
    json.put("why", skew.cause().words).put("wayOut", skew.cause().wayOut);
    ObjectNode key = json.putObject("key");
    skew.key().forEach((name, value) -> key.set(name, JsonValues.node(value)));
    json.put("offlineEvent", skew.offlineEvent().map(Instant::toString).orElse(null));
    json.put("onlineEvent", skew.onlineEvent().map(Instant::toString).orElse(null));
    ArrayNode cells = json.putArray("cells");
    for (Skew.Cell cell : skew.cells()) {
      ObjectNode one = cells.addObject().put("feature", cell.feature());
      one.set("offline", JsonValues.node(cell.offline()));
      one.set("online", JsonValues.node(cell.online()));
    }
  }
}
