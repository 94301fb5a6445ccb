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
      shown.forEach(
          (check, finding) -> {
            String gap = " ".repeat(widest - check.name().length());
            print(lines, style, check.name() + gap, finding);
          });
    }
    lines.gap();
    lines.add(0, summary());
    console.out().flush();
  }

  private List<String> areas() {
    return new ArrayList<>(findings.keySet().stream().map(HealthCheck::area).distinct().toList());
  }

  private static void print(WrappedLines lines, Style style, String name, HealthFinding finding) {
    lines.add(INDENT, "%s %s  %s".formatted(mark(style, finding.level()), name, finding.found()));
    if (!finding.wayOut().isEmpty()) {
      lines.add(INDENT + name.length() + INDENT + INDENT, "→ " + finding.wayOut());
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
        : "%d well, %d to know of, %d to mend".formatted(count(Level.OK), warnings, failed);
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
