package mlops.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import mlops.cli.terminal.Console;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.WrappedLines;
import mlops.steps.doctor.HealthCheck;
import mlops.steps.doctor.HealthFinding;
import mlops.steps.doctor.HealthFinding.Level;

/** What a doctor found, for people and for programs. */
record DoctorReport(Map<HealthCheck, HealthFinding> findings) {
  private static final Map<String, String> AREAS =
      Map.of(
          "machine", "This machine",
          "local", "The local Azure",
          "profile", "The profile",
          "azure", "Its Azure");
  private static final int INDENT = 2;

  long count(Level level) {
    return findings.values().stream().filter(f -> f.level() == level).count();
  }

  void print(Console console, int columns, boolean quiet) {
    WrappedLines lines = new WrappedLines(console.out(), columns);
    Style style = console.style();
    int widest = findings.keySet().stream().mapToInt(c -> c.name().length()).max().orElse(0);
    for (String area : areas()) {
      Map<HealthCheck, HealthFinding> shown = new LinkedHashMap<>(findings);
      shown.keySet().removeIf(check -> !check.area().equals(area));
      shown.values().removeIf(finding -> quiet && finding.level() == Level.OK);
      if (!shown.isEmpty()) {
        lines.add(0, style.bold(AREAS.getOrDefault(area, area)));
      }
      print(lines, style, widest, List.copyOf(shown.entrySet()));
    }
    lines.gap();
    lines.add(0, summary());
    console.out().flush();
  }

  private List<String> areas() {
    return new ArrayList<>(findings.keySet().stream().map(HealthCheck::area).distinct().toList());
  }

  /** The same way out of several that follow each other stands below the last of them. */
  private static void print(
      WrappedLines lines,
      Style style,
      int widest,
      List<Map.Entry<HealthCheck, HealthFinding>> shown) {
    for (int i = 0; i < shown.size(); i++) {
      String name = shown.get(i).getKey().name();
      String gap = " ".repeat(widest - name.length());
      HealthFinding finding = shown.get(i).getValue();
      String mark = mark(style, finding.level());
      lines.add(INDENT, "%s %s  %s".formatted(mark, name + gap, finding.found()));
      String out = finding.wayOut();
      boolean again = i + 1 < shown.size() && shown.get(i + 1).getValue().wayOut().equals(out);
      if (!out.isEmpty() && !again) {
        lines.add(INDENT + widest + INDENT + INDENT, "→ " + out);
      }
    }
  }

  private static String mark(Style style, Level level) {
    return switch (level) {
      case OK -> style.good("✓");
      case SKIPPED -> style.dim("·");
      case WARNING -> style.bold("!");
      case FAILED -> style.bad("✗");
    };
  }

  private String summary() {
    long failed = count(Level.FAILED);
    long warnings = count(Level.WARNING);
    return failed == 0 && warnings == 0
        ? "all is well"
        : "%d ok, %d warnings, %d to fix".formatted(count(Level.OK), warnings, failed);
  }

  void json(ObjectNode result) {
    result.put("ok", count(Level.OK)).put("warnings", count(Level.WARNING));
    result.put("failed", count(Level.FAILED)).put("skipped", count(Level.SKIPPED));
    ArrayNode all = result.putArray("checks");
    findings.forEach(
        (check, finding) -> {
          ObjectNode json = all.addObject().put("area", check.area()).put("name", check.name());
          json.put("level", finding.level().name().toLowerCase(Locale.ROOT));
          json.put("found", finding.found());
          json.put("wayOut", finding.wayOut().isEmpty() ? null : finding.wayOut());
        });
  }
}
