package mlops.cli.stage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.page.JobPage;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.steps.review.Compare;
import mlops.steps.review.PredictionComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops compare}. */
@Command(
    name = "compare",
    description = "Holds the predictions of the environments against each other, row by row.")
public final class CompareCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin ReviewOptions review;

  @Override
  public Integer call() {
    return run.executeWork(
        spec,
        session -> {
          Compare compare =
              new Compare(
                  session.azure(), session.profile(), review.download(session), review.tolerance());
          return new CommandWork(
                  compare.recipe(),
                  () -> paged(result(compare.comparisons()), compare, review.download(session)))
              .next(() -> Optional.of("report"));
        });
  }

  private static CommandResult paged(CommandResult found, Compare compare, Path predictions) {
    List<PredictionComparison> all = compare.comparisons();
    return all.isEmpty()
        ? found
        : new CommandResult(found.lines(), () -> JobPage.compared(all, predictions), found.json());
  }

  /** One comparison is the result itself; several, or none, are a list in it. */
  public static CommandResult result(List<PredictionComparison> found) {
    List<String> lines =
        found.isEmpty()
            ? List.of("nothing to compare")
            : found.stream().map(CompareCommand::line).toList();
    return new CommandResult(
        lines,
        json -> {
          if (found.size() == 1) {
            fill(json, found.get(0));
          } else {
            ArrayNode comparisons = json.putArray("comparisons");
            found.forEach(c -> fill(named(comparisons.addObject(), c), c));
          }
        });
  }

  public static String line(PredictionComparison found) {
    return String.format(
        Locale.ROOT, "%s score alike: %,d rows%s", found.pair(), found.rows(), found.blanks());
  }

  private static ObjectNode named(ObjectNode json, PredictionComparison found) {
    json.putArray("environments").add(found.first()).add(found.other());
    return json;
  }

  private static void fill(ObjectNode json, PredictionComparison found) {
    json.put("rows", found.rows())
        .put("different", found.different())
        .put("missing", found.missing())
        .put("extra", found.extra())
        .put("withoutNumber", found.blank())
        .put("largestDifference", found.largest());
  }
}
