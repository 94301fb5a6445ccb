package mlops.cli.features;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.features.join.JoinReport;
import mlops.features.join.JoinReport.FeatureReport;
import mlops.features.join.JoinReport.SetReport;
import mlops.features.join.JoinRequest;
import mlops.features.spec.TimeOffset;
import mlops.file.OutputFile;

/** What became of every row, for people and as JSON. */
record TrainDataReport(JoinRequest request, JoinReport report, Optional<OutputFile> retrieval) {

  void print(RootCommand mlops) {
    GlobalOptions options = mlops.options();
    Console console = mlops.environment().console();
    if (options.json()) {
      JsonDocument document = new JsonDocument("features train-data", options);
      json(document.result());
      document.print(console);
    } else if (!options.quiet) {
      text(console.out());
      console.out().println();
      TrapTable.print(report.traps(), console.out(), console.style());
      console.out().flush();
    }
  }

  private void text(PrintWriter out) {
    for (SetReport set : report.sets()) {
      out.println("%s  %s".formatted(set.id(), rows(set.sourceRows(), "row")));
      int width = set.features().stream().mapToInt(f -> f.name().length()).max().orElse(0);
      for (FeatureReport feature : set.features()) {
        String name = feature.name() + " ".repeat(width - feature.name().length());
        out.println("  %s  null in %s".formatted(name, share(feature.nulls())));
      }
      set.oldest().ifPresent(age -> out.println("  oldest value in use: " + words(age)));
      notes(set).forEach(note -> out.println("  " + note));
    }
    if (report.withoutTime() > 0) {
      out.println("%s without a time".formatted(rows(report.withoutTime(), "observation")));
    }
    out.println(
        "%s in, %s out: %s"
            .formatted(
                rows(report.rows(), "observation"),
                rows(report.rows(), "row"),
                request.out().named()));
    String spec =
        retrieval
            .map(r -> "Which features they are stands in %s.".formatted(r.named()))
            .orElse("No feature store is defined, so there is no feature_retrieval_spec.yaml.");
    out.println(spec);
  }

  /** Only what is not as one would wish. */
  private List<String> notes(SetReport set) {
    return Stream.of(
            note(set.withoutKey(), "observation", "without its key"),
            note(
                set.sourceWithoutTime(), "row", "of the source without a usable time, passed over"),
            note(set.sourceWithoutKey(), "row", "of the source without a key, passed over"),
            note(set.dropped(), "row", "of the source gave way to one of the same key and time"),
            note(set.ties(), "observation", "got the last of several values: a tie"),
            note(set.late(), "observation", "got a value that was written only later (--as-known)"))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> note(long count, String thing, String words) {
    return count == 0 ? Optional.empty() : Optional.of(rows(count, thing) + " " + words);
  }

  private static String rows(long count, String thing) {
    return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
  }

  private String share(long nulls) {
    double percent = report.rows() == 0 ? 0 : 100.0 * nulls / report.rows();
    return String.format(Locale.ROOT, "%,d (%.1f %%)", nulls, percent);
  }

  private static String words(Duration age) {
    if (age.compareTo(Duration.ofMinutes(1)) < 0) {
      return age.toSeconds() + " s";
    }
    return TimeOffset.words(age);
  }

  private void json(ObjectNode result) {
    result.put("observations", request.observations().path().toString());
    result.put("rows", report.rows()).put("withoutTime", report.withoutTime());
    result.put("out", request.out().named().toString());
    result.put("retrievalSpec", retrieval.map(r -> r.named().toString()).orElse(null));
    ArrayNode sets = result.putArray("featureSets");
    for (SetReport set : report.sets()) {
      ObjectNode json = sets.addObject().put("id", set.id()).put("sourceRows", set.sourceRows());
      json.put("sourceWithoutTime", set.sourceWithoutTime());
      json.put("sourceWithoutKey", set.sourceWithoutKey());
      json.put("dropped", set.dropped()).put("withoutKey", set.withoutKey());
      json.put("matched", set.matched()).put("ties", set.ties()).put("late", set.late());
      json.put("oldestSeconds", set.oldest().map(Duration::toSeconds).orElse(null));
      ArrayNode features = json.putArray("features");
      set.features()
          .forEach(f -> features.addObject().put("name", f.name()).put("nulls", f.nulls()));
    }
    TrapTable.json(report.traps(), result.putArray("traps"));
  }
}
