package mlops.emulator.run.feature;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mlops.features.join.JoinReport;
import mlops.features.trap.MetTrap;

/** What a retrieval says in the log of its job. */
final class RetrievalLog {

  static List<String> lines(JoinReport report) {
    List<String> lines = new ArrayList<>();
    for (JoinReport.SetReport set : report.sets()) {
      lines.add("%s: %,d rows in its source".formatted(set.id(), set.sourceRows()));
      set.features()
          .forEach(
              f -> lines.add("  %s is null in %s".formatted(f.name(), share(f.nulls(), report))));
      if (set.late() > 0) {
        lines.add(
            "  %s got a value that was written only later".formatted(share(set.late(), report)));
      }
    }
    lines.add(String.format(Locale.ROOT, "%,d observations in, as many rows out", report.rows()));
    for (MetTrap trap : report.traps()) {
      lines.add(
          "On Azure: trap %d, %s: %s".formatted(trap.trap().number, trap.where(), trap.why()));
    }
    return lines;
  }

  private static String share(long count, JoinReport report) {
    double percent = report.rows() == 0 ? 0 : 100.0 * count / report.rows();
    return String.format(Locale.ROOT, "%,d observations (%.1f %%)", count, percent);
  }

  private RetrievalLog() {}
}
