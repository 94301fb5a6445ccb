package mlops.cli.features;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.RootCommand;
import mlops.cli.session.Session;
import mlops.features.CheckedDefinitions;
import mlops.plan.Recipe;
import mlops.steps.FollowJobStep;
import mlops.steps.FollowJobStep.OnInterrupt;
import mlops.steps.features.MaterializeFeatures;
import mlops.steps.features.MaterializeFeatures.Asked;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops features materialize}. */
@Command(
    name = "materialize",
    description =
        "Computes values of feature sets ahead, into the offline and the online store; what is there already is left as it is.")
final class FeaturesMaterializeCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;

  @Parameters(
      arity = "0..*",
      paramLabel = "SET:VERSION",
      description = "The feature sets, such as zone_hourly:1 (all that are kept in a store).")
  List<String> sets = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "The start of the window: a day, or a time with an offset (where it ended).")
  @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "Its end, which does not belong to it (now, less the delay of the source).")
  @Nullable String to;

  @Option(names = "--again", description = "Also what is there already: for rows that came late.")
  boolean again;

  @Option(
      names = "--definitions",
      paramLabel = "FOLDER",
      description = "The folder of the definitions (that of the profile).")
  @Nullable Path definitions;

  @Override
  public Integer call() {
    return run.execute(spec, this::recipe);
  }

  private Recipe recipe(Session session) {
    Path folder = FeatureLocation.folder(RootCommand.of(spec), definitions);
    FollowJobStep.Options follow =
        new FollowJobStep.Options(Optional.empty(), job -> OnInterrupt.LEAVE, session.clock());
    return MaterializeFeatures.recipe(
        session.azure(),
        session.profile(),
        CheckedDefinitions.of(folder).definitions(),
        new Asked(sets, Times.given("--from", from), Times.given("--to", to), again, follow));
  }
}
