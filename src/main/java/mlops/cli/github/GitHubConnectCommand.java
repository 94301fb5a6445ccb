package mlops.cli.github;

import java.util.concurrent.Callable;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.steps.github.Connect;
import mlops.steps.github.ConnectOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops github connect}. */
@Command(
    name = "connect",
    description = "Sets up applications, federated credentials and environments.")
final class GitHubConnectCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin RepositoryOption repository;
  @Mixin ConnectChoices choices;

  @Option(
      names = "--renew-credentials",
      description = "Delete federated credentials that are there, and make them again.")
  boolean renewed;

  @Override
  public Integer call() {
    ConnectOptions options = choices.options(repository, renewed);
    return run.executeWork(
        spec,
        s ->
            CommandWork.of(Connect.recipe(s.azure(), s.profile(), options, s.clock()))
                .given(choices.given(repository.given())));
  }
}
