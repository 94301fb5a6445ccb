package mlops.cli.stage;

import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.steps.bootstrap.Bootstrap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops bootstrap}. */
@Command(
    name = "bootstrap",
    description = "Makes the Azure of the profile: groups, workspaces, storage, computes, roles.")
public final class BootstrapCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;

  @Override
  public Integer call() {
    return run.executeWork(
        spec,
        s ->
            CommandWork.of(Bootstrap.recipe(s.azure(), s.profile()))
                .next(() -> Optional.of("train")));
  }
}
