package mlops.cli.look;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mlops.azure.ml.RunClient.Run;
import mlops.cli.session.Session;
import mlops.cli.terminal.Durations;
import mlops.cli.terminal.Style;
import mlops.cli.terminal.TerminalWidth;
import mlops.steps.log.LogReader;

/** Logs on the output, and on the error stream how the job goes. */
final class LogView {
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private final Session session;
  private final boolean one;
  private final Map<String, String> states = new HashMap<>();
  private Instant said;

  /**
   * @param one whether it is the log of one step that the user has named
   */
  LogView(Session session, boolean one) {
    this.session = session;
    this.one = one;
    this.said = session.clock().instant();
  }

  /** Shows what is new. */
  void show(LogReader.Look look) {
    if (session.options().json()) {
      return;
    }
    int width =
        look.runs().stream().mapToInt(run -> TerminalWidth.length(run.name())).max().orElse(0);
    boolean named = !one && look.runs().size() > 1;
    PrintWriter out = session.console().out();
    for (LogReader.Line line : look.lines()) {
      String name = TerminalWidth.padded(line.run(), width);
      out.println(named ? style().dim(name + " │ ") + line.text() : line.text());
    }
    out.flush();
    if (!look.lines().isEmpty()) {
      said = session.clock().instant();
    }
  }

  /** Where a job goes on without a word, those who watch are told that it does. */
  void waiting(LogReader.Look look) {
    Instant now = session.clock().instant();
    boolean changed = false;
    for (Run run : look.runs()) {
      changed |= !run.status().equals(states.put(run.name(), run.status()));
    }
    boolean silent = said.plus(SILENCE).isBefore(now);
    if (session.console().live() && !session.options().quiet && (changed || silent)) {
      said = now;
      err("… " + going(look.runs()));
    }
  }

  private static String going(List<Run> runs) {
    List<String> words =
        runs.stream()
            .filter(run -> !run.isOver())
            .map(run -> "%s %s".formatted(run.name(), run.status()))
            .toList();
    return words.isEmpty() ? "its steps have ended" : String.join(", ", words);
  }

  /**
   * Says how the job stands.
   *
   * @param followed whether the user wanted its end
   */
  void end(LogReader.Look look, boolean followed) {
    if (session.options().quiet || (followed && !look.job().status().equals("Completed"))) {
      return; // it is the failure
    }
    String word = look.isLast() ? ended(look) : "job %s goes on".formatted(look.job().id());
    String states =
        look.isLast()
            ? ""
            : look.runs().stream()
                .map(run -> "%s %s".formatted(run.name(), run.status()))
                .collect(Collectors.joining(", ", " (", "); --follow waits for its end"));
    err(word + states);
  }

  /** {@code job x ended as Failed after 12 s: why}. */
  static String ended(LogReader.Look look) {
    Run job = look.job();
    String took = job.times().taken().map(t -> " after " + Durations.text(t)).orElse("");
    String where =
        look.runs().stream()
            .filter(run -> run.status().equals("Failed") && !run.id().equals(job.id()))
            .map(run -> ", in " + run.name())
            .findFirst()
            .orElse("");
    String why = job.error().isEmpty() ? "" : ": " + job.error().lines().findFirst().orElse("");
    return "job %s ended as %s%s%s%s".formatted(job.id(), job.status(), took, where, why);
  }

  private void err(String line) {
    session.console().err().println(style().dim(line));
    session.console().err().flush();
  }

  private Style style() {
    return session.console().style();
  }
}
