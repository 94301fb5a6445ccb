package mlops.cli.stage;

import java.util.List;
import java.util.concurrent.Callable;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.steps.promote.Rollback;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops rollback}. */
@Command(
    name = "rollback",
    description = "Lets the endpoint of an environment serve what it served before.")
public final class RollbackCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;

  @Option(
      names = "--env",
      required = true,
      paramLabel = "ENV",
      description =
          "Whose endpoint goes back: an environment of the profile, such as test or prod.")
  String env = "";

  @Override
  public Integer call() {
    return run.executeWork(
        spec,
        session -> {
          Rollback rollback = new Rollback();
          return new CommandWork(
              rollback.recipe(
                  session.azure(),
                  session.profile(),
                  TargetOption.of(session.profile(), "--env", env),
                  session.clock()),
              () -> result(rollback.deployment().get()));
        });
  }

  private static CommandResult result(String deployment) {
    return new CommandResult(
        List.of(deployment + " serves again"), json -> json.put("deployment", deployment));
  }
}
