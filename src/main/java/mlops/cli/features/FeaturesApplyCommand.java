package mlops.cli.features;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.features.CheckedDefinitions;
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
    Path scratch = scratch();
    try {
      return run.executeWork(
          spec,
          s ->
              CommandWork.of(
                  ApplyFeatures.recipe(
                      s.azure(),
                      s.profile(),
                      CheckedDefinitions.of(
                              Optional.ofNullable(folder).orElse(s.profile().features().folder()))
                          .definitions(),
                      scratch)));
    } finally {
      remove(scratch);
    }
  }

  private static Path scratch() {
    try {
      return Files.createTempDirectory("mlops-features-");
    } catch (IOException e) {
      throw new UncheckedIOException("no temporary folder can be made", e);
    }
  }

  private static void remove(Path scratch) {
    try (Stream<Path> all = Files.walk(scratch)) {
      List<Path> found = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : found) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + scratch, e);
    }
  }
}
