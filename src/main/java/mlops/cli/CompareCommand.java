package mlops.cli;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    description = "Holds the predictions of test and prod against each other, row by row.")
final class CompareCommand implements Callable<Integer> {
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
          return new CommandWork(compare.recipe(), () -> result(compare.comparison().get()));
        });
  }

  static CommandResult result(PredictionComparison found) {
    return new CommandResult(
        List.of(
            String.format(
                Locale.ROOT,
                "test and prod score alike: %,d rows%s",
                found.rows(),
                found.blanks())),
        json ->
            json.put("rows", found.rows())
                .put("different", found.different())
                .put("missing", found.missing())
                .put("extra", found.extra())
                .put("withoutNumber", found.blank())
                .put("largestDifference", found.largest()));
  }
}
