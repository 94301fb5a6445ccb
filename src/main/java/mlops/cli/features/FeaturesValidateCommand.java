package mlops.cli.features;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mlops.cli.session.GlobalOptions;
import mlops.cli.session.JsonDocument;
import mlops.cli.session.RootCommand;
import mlops.cli.terminal.Console;
import mlops.features.CheckedDefinitions;
import mlops.features.spec.DataColumn;
import mlops.features.spec.FeatureDefinitions;
import mlops.features.spec.FeatureSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops features validate}. */
@Command(
    name = "validate",
    description =
        "Checks definitions of features: every mistake with its place, and the traps of Azure's own code that they meet. Asks no Azure.")
final class FeaturesValidateCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "The folder of the definitions (features).")
  @Nullable Path folder;

  @Override
  public Integer call() {
    RootCommand mlops = RootCommand.of(spec);
    GlobalOptions options = mlops.options();
    Console console = mlops.environment().console();
    CheckedDefinitions checked = CheckedDefinitions.of(FeatureLocation.folder(mlops, folder));
    if (options.json()) {
      JsonDocument document = new JsonDocument("features validate", options);
      json(checked, document.result());
      document.print(console);
    } else if (!options.quiet) {
      PrintWriter out = console.out();
      print(checked.definitions(), out);
      checked.notes().forEach(note -> out.println("note: " + note));
      out.println();
      TrapTable.print(checked.traps(), out, console.style());
      out.println("Those that data decides (1, 12, 13, 18, 21) `mlops features train-data` tells.");
      out.flush();
    }
    return 0;
  }

  private static void print(FeatureDefinitions found, PrintWriter out) {
    found.store().ifPresent(store -> out.println("feature store  " + store.name()));
    found
        .entities()
        .forEach(
            e -> out.println("entity         %s  (%s)".formatted(e.id(), names(e.indexColumns()))));
    for (FeatureSet set : found.sets()) {
      out.println("feature set    %s  by %s".formatted(set.id(), names(set.spec().indexColumns())));
      int width = set.spec().features().stream().mapToInt(f -> f.name().length()).max().orElse(0);
      set.spec()
          .features()
          .forEach(
              f -> {
                String name = f.name() + " ".repeat(width - f.name().length());
                out.println("                 %s  %s".formatted(name, f.type().word()));
              });
    }
    out.println("All definitions are well formed.");
  }

  private static String names(List<DataColumn> columns) {
    return columns.stream()
        .map(c -> c.name() + " " + c.type().word())
        .collect(Collectors.joining(", "));
  }

  private static void json(CheckedDefinitions checked, ObjectNode result) {
    FeatureDefinitions found = checked.definitions();
    result.put("folder", found.folder().toString());
    result.put("featureStore", found.store().map(s -> s.name()).orElse(null));
    ArrayNode entities = result.putArray("entities");
    found
        .entities()
        .forEach(e -> columns(e.indexColumns(), entities.addObject().put("id", e.id()), "keys"));
    ArrayNode sets = result.putArray("featureSets");
    for (FeatureSet set : found.sets()) {
      ObjectNode json = sets.addObject().put("id", set.id());
      json.put("source", set.spec().source().type().word);
      json.put("needsSpark", set.spec().needsSpark());
      columns(set.spec().indexColumns(), json, "keys");
      columns(set.spec().features(), json, "features");
    }
    checked.notes().forEach(result.putArray("notes")::add);
    TrapTable.json(checked.traps(), result.putArray("traps"));
  }

  private static void columns(List<DataColumn> columns, ObjectNode json, String field) {
    ArrayNode array = json.putArray(field);
    columns.forEach(c -> array.addObject().put("name", c.name()).put("type", c.type().word()));
  }
}
