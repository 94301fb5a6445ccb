package mlops.cli.destroy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mlops.cli.github.RepositoryOption;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.explain.Given;
import mlops.plan.Recipe;
import mlops.plan.StepResult;
import mlops.steps.destroy.Destroy;
import mlops.steps.destroy.DestroyOptions;
import mlops.steps.github.disconnect.GitHubConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops destroy}. */
@Command(
    name = "destroy",
    description = "Deletes the Azure of the profile, or a part of it, and nothing beside it.")
public final class DestroyCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun run;
  @Mixin Parts parts;
  @Mixin RepositoryOption repository;

  @Option(names = "--yes", description = "Do not ask for the suffix.")
  boolean yes;

  @Option(
      names = "--purge",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Delete workspaces and key vaults for good, which frees their names (the default). With"
              + " --no-purge they can be recovered, and what workspaces stand on stays.")
  boolean purge;

  @Option(
      names = "--no-github",
      description = "Leave the repository and the applications of github connect as they are.")
  boolean noGitHub;

  @Override
  public Integer call() {
    parts.check();
    return yes
        ? run.executeWork(spec, this::work)
        : run.executeAgreed(spec, this::work, DestroyCommand::agree);
  }

  private CommandWork work(Session session) {
    Optional<GitHubConnection> connection = connection(session);
    Destroy destroy =
        new Destroy(session.azure(), session.profile(), new DestroyOptions(purge, connection));
    return CommandWork.of(recipe(session, destroy))
        .given(connection.map(DestroyCommand::given).orElse(Given.nothing()));
  }

  private Recipe recipe(Session session, Destroy destroy) {
    if (parts.oldDeployments) {
      return destroy.oldDeployments();
    }
    return parts
        .environment(session.profile())
        .map(destroy::environment)
        .or(() -> parts.endpoint(session.profile()).map(destroy::endpoint))
        .orElseGet(destroy::all);
  }

  /** What an endpoint and deployments have nothing to do with is not asked for. */
  private Optional<GitHubConnection> connection(Session session) {
    boolean part = !parts.isAll() && parts.environment(session.profile()).isEmpty();
    if (noGitHub || part) {
      return Optional.empty();
    }
    return repository
        .find()
        .map(name -> new GitHubConnection(repository.site(), name))
        .or(() -> GitHubConnection.of(session.azure(), session.profile()));
  }

  private static Given given(GitHubConnection connection) {
    String[] names = connection.repository().split("/", -1);
    return Given.nothing()
        .with("owner", names[0])
        .with("repo", names[1])
        .with("issuer", connection.site().issuer());
  }

  /** The suffix is what tells one Azure of a profile from another. */
  private static void agree(Session session, List<StepResult.Planned> needed) {
    if (!session.console().live()) {
      throw MlopsException.invalid(
          "Nothing was deleted: nobody agreed to it",
          "Run it in a terminal, or give --yes. With --plan it only shows what would go.");
    }
    String suffix = session.profile().suffix();
    boolean meant =
        session
            .question()
            .between(question(session, suffix, needed.size()))
            .filter(suffix::equals)
            .isPresent();
    if (!meant) {
      throw MlopsException.invalid(
          "Nothing was deleted: the suffix was not typed", "The suffix is %s.".formatted(suffix));
    }
  }

  private static String question(Session session, String suffix, int steps) {
    String where = session.profile().subscription().map(id -> " of subscription " + id).orElse("");
    return "Delete this%s, in %d step%s? Type the suffix, %s: "
        .formatted(where, steps, steps == 1 ? "" : "s", suffix);
  }
}
