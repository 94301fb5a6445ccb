package mlops.cli.stage;

import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.error.MlopsException;
import mlops.steps.bootstrap.Bootstrap;
import mlops.steps.bootstrap.DeletedNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops bootstrap}. */
@Command(
    name = "bootstrap",
    description = "Makes the Azure of the profile: groups, workspaces, storage, computes, roles.")
public final class BootstrapCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;

  @Option(
      names = "--recover",
      description = "Take back deleted workspaces and key vaults that keep names of the profile.")
  boolean recover;

  @Option(names = "--purge", description = "Delete them for good, and make new ones.")
  boolean purge;

  @Override
  public Integer call() {
    if (recover && purge) {
      throw MlopsException.invalid(
          "--recover and --purge: what is deleted for good does not come back",
          "Give one of them.");
    }
    return run.executeWork(
        spec,
        s ->
            CommandWork.of(Bootstrap.recipe(s.azure(), s.profile(), deletedNames()))
                .next(() -> Optional.of("train")));
  }

  private DeletedNames deletedNames() {
    if (recover) {
      return DeletedNames.RECOVER;
    }
    return purge ? DeletedNames.PURGE : DeletedNames.REFUSE;
  }
}
