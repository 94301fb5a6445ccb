package mlops.cli.features;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.RootCommand;
import mlops.features.CheckedDefinitions;
import mlops.file.ScratchFolder;
import mlops.steps.features.ApplyFeatures;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mlops features apply}. */
@Command(
    name = "apply",
    description =
        "Makes the feature store of a folder: the store, its entities, its feature sets and what they are computed of.")
final class FeaturesApplyCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description = "The folder of the definitions (that of the profile).")
  @Nullable Path folder;

  @Override
  public Integer call() {
    try (ScratchFolder scratch = new ScratchFolder()) {
      return run.executeWork(
          spec,
          s ->
              CommandWork.of(
                  ApplyFeatures.recipe(
                      s.azure(),
                      s.profile(),
                      CheckedDefinitions.of(FeatureLocation.folder(RootCommand.of(spec), folder))
                          .definitions(),
                      scratch.path())));
    }
  }
}
