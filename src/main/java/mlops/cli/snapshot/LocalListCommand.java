package mlops.cli.snapshot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.TextTable;
import mlops.emulator.saved.SavedState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops local list}. */
@Command(name = "list", description = "Lists the saved local Azures: when, and how large they are.")
public final class LocalListCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

  @Spec @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(Objects.requireNonNull(spec));
    PresentState present = PresentState.unread(mlops);
    List<SavedState> all = present.files(present.saved()::list);
    if (mlops.options().json()) {
      JsonDocument document = new JsonDocument("local list", mlops.options());
      document.result().put("folder", present.saved().folder().toString());
      ArrayNode states = document.result().putArray("states");
      all.forEach(saved -> fill(states.addObject(), saved));
      document.print(mlops.environment().console());
    } else {
      PrintWriter out = mlops.environment().console().out();
      new TextTable(
              List.of("name", "saved", "size"), all.stream().map(LocalListCommand::row).toList())
          .lines(mlops.environment().columns())
          .forEach(out::println);
      if (all.isEmpty()) {
        out.println("none saved yet: mlops local save NAME" + mlops.options().again());
      }
      out.flush();
    }
    return 0;
  }

  private static List<String> row(SavedState saved) {
    return List.of(saved.name(), TIME.format(saved.saved()), size(saved.bytes()));
  }

  /** In the units of the disk: a kilobyte has 1000 bytes. */
  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  /** What a program reads of a saved state. */
  static void fill(ObjectNode json, SavedState saved) {
    json.put("name", saved.name()).put("saved", saved.saved().toString());
    json.put("files", saved.files()).put("bytes", saved.bytes());
    json.put("folder", saved.folder().toString());
  }
}
