package mlops.cli.local;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import mlops.emulator.run.python.EnvironmentRecord;
import mlops.emulator.run.python.KeptEnvironments.Kept;

/**
 * The Python environments of jobs, for people.
 *
 * @param downloads what lies there to be used again, in bytes
 */
record EnvironmentTable(List<Kept> all, long downloads) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  void print(Path folder, PrintWriter out) {
    for (Kept one : all) {
      EnvironmentRecord record = one.record().orElse(null);
      if (record == null) {
        out.println("%-26s not whole                %8s".formatted(one.name(), size(one.bytes())));
        continue;
      }
      out.println(
          "%-26s Python %-8s by %-6s %8s  used %s"
              .formatted(
                  one.name(),
                  record.python(),
                  record.builder(),
                  size(one.bytes()),
                  TIME.format(one.lastUsed())));
      if (!record.wanted().packages().isEmpty()) {
        out.println("  " + String.join(" ", record.wanted().packages()));
      }
      if (!record.asked().isEmpty()) {
        out.println("  asked for Python " + record.asked());
      }
      record.changed().forEach(change -> out.println("  " + change));
      record.leftOut().forEach(left -> out.println("  without " + left));
    }
    out.println(
        "%d %s in %s, and %s downloaded"
            .formatted(
                all.size(),
                all.size() == 1 ? "environment" : "environments",
                folder,
                size(downloads)));
  }

  private static String size(long bytes) {
    return "%d MB".formatted((bytes + 500_000) / 1_000_000);
  }
}
