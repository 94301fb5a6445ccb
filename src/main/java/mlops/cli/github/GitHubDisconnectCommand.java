package mlops.cli.github;

import java.util.concurrent.Callable;
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

  @Option(
      names = "--repo",
      required = true,
      paramLabel = "OWNER/NAME",
      description = "The repository.")
  String repository = "";

  @Option(
      names = "--purge",
      description =
          "Delete the environments of the repository, even those that were there before or were deployed into.")
  boolean purge;

  @Override
  public Integer call() {
    RepositoryOption.check(repository);
    return run.execute(spec, s -> Disconnect.recipe(s.azure(), s.profile(), repository, purge));
  }
}
