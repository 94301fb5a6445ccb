package mlops.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code target/clients/guide.md}: each call of the guide and how long it took, by the old clients
 * and the newest, side by side as far as both have run here. The az of tests is forked from one
 * that has started, which saves its start; {@code src/bench/run ClientsBench} lets each start.
 */
final class GuideTable {
  private static final Path FOLDER = Path.of("target/clients");
  private static final List<String> CLIENTS = List.of("debian", "newest");

  private record Call(String exitCode, long millis, String words) {
    static Call of(String line) {
      String[] fields = line.split("\t", 3);
      return new Call(fields[0], Long.parseLong(fields[1]), GuideClientsCheck.plain(fields[2]));
    }

    String shown() {
      String seconds = String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
      return exitCode.equals("0") ? seconds : "exit " + exitCode;
    }
  }

  /** Keeps what a client's run noted, and writes the table of all that is kept. */
  static void write(RealClients clients) throws IOException {
    Files.createDirectories(FOLDER);
    Files.writeString(file(clients.installed().name()), clients.text("calls") + "\n");
    List<List<Call>> runs = new ArrayList<>();
    for (String name : CLIENTS) {
      runs.add(Files.exists(file(name)) ? calls(file(name)) : List.of());
    }
    Files.write(FOLDER.resolve("guide.md"), table(runs));
  }

  private static Path file(String client) {
    return FOLDER.resolve("guide-" + client + ".tsv");
  }

  private static List<Call> calls(Path file) throws IOException {
    return Files.readAllLines(file).stream().map(Call::of).toList();
  }

  private static List<String> table(List<List<Call>> runs) {
    List<String> lines = new ArrayList<>();
    lines.add("| call | " + String.join(" | ", CLIENTS) + " |");
    lines.add("|---|---|---|");
    List<Call> longest = runs.get(0).isEmpty() ? runs.get(1) : runs.get(0);
    for (int i = 0; i < longest.size(); i++) {
      String row = "| `" + longest.get(i).words() + "` |";
      for (List<Call> run : runs) {
        row += " " + (i < run.size() ? run.get(i).shown() : "not run") + " |";
      }
      lines.add(row);
    }
    lines.add("| **all** | " + total(runs.get(0)) + " | " + total(runs.get(1)) + " |");
    return lines;
  }

  private static String total(List<Call> run) {
    long good = run.stream().filter(call -> call.exitCode().equals("0")).count();
    double seconds = run.stream().mapToLong(Call::millis).sum() / 1000.0;
    return run.isEmpty()
        ? "not run"
        : String.format(Locale.ROOT, "%d of %d, %.1f s", good, run.size(), seconds);
  }

  private GuideTable() {}
}
