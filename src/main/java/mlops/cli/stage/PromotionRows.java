package mlops.cli.stage;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mlops.cli.run.CommandResult;
import mlops.cli.terminal.TerminalWidth;
import mlops.cli.terminal.TextTable;
import mlops.steps.Lineage;
import mlops.steps.review.ModelStatus;
import org.jspecify.annotations.Nullable;

/**
 * The model that would be promoted beside the one that serves: what somebody approves.
 *
 * @param version of the candidate where it was trained
 * @param serving what serves in the target now; empty where nothing does
 */
record PromotionRows(String version, Lineage candidate, Optional<ModelStatus.Model> serving) {

  /** In both forms of output. */
  CommandResult result() {
    return new CommandResult(lines(), this::fill);
  }

  private List<String> lines() {
    Map<String, String> now = serving.map(s -> s.lineage().metrics()).orElse(Map.of());
    Set<String> names = new TreeSet<>(candidate.metrics().keySet());
    names.addAll(now.keySet());
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("version", version, serving.map(ModelStatus.Model::version).orElse("nothing")));
    names.forEach(
        name ->
            rows.add(List.of(name, number(candidate.metrics().get(name)), number(now.get(name)))));
    rows.add(
        List.of(
            "files",
            candidate.approvalHash(),
            serving.map(s -> s.lineage().approvalHash()).orElse("")));
    return Stream.concat(
            Stream.of(""),
            new TextTable(List.of("", "candidate", "serves now"), rows)
                .lines(TerminalWidth.ANY).stream())
        .toList();
  }

  /** Tags are texts; four digits of a number are enough to look at. */
  private static String number(@Nullable String text) {
    if (text == null) {
      return "";
    }
    try {
      return String.format(Locale.ROOT, "%.4f", Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return text;
    }
  }

  private void fill(ObjectNode json) {
    fill(json.putObject("candidate"), version, candidate);
    serving.ifPresentOrElse(
        s -> fill(json.putObject("serving"), s.version(), s.lineage()),
        () -> json.putNull("serving"));
  }

  private static void fill(ObjectNode json, String version, Lineage lineage) {
    json.put("version", version).put("files", lineage.manifest().hash());
    ObjectNode metrics = json.putObject("metrics");
    lineage.metrics().forEach((name, text) -> TaggedNumbers.put(metrics, name, text));
  }
}
