package mlops.cli.github;

import java.util.concurrent.Callable;
import mlops.azure.github.GitHubSite;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.steps.github.disconnect.Disconnect;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops github disconnect}. */
@Command(
    name = "disconnect",
    description = "Takes away what connect made, and leaves what was there before.")
final class GitHubDisconnectCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin RepositoryOption repository;

  @Option(
      names = "--purge",
      description =
          "Delete the environments of the repository, even those that were there before or were"
              + " deployed into.")
  boolean purge;

  @Override
  public Integer call() {
    String named = repository.required();
    GitHubSite site = repository.site();
    return run.executeWork(
        spec,
        s ->
            CommandWork.of(Disconnect.recipe(s.azure(), s.profile(), site, named, purge))
                .given(repository.given()));
  }
}
