package mlops.cli.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.steps.github.Connect;
import mlops.steps.github.ConnectOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops github status}. */
@Command(
    name = "status",
    description =
        "Shows what stands of what connect makes, what differs, and the last runs; changes"
            + " nothing.")
final class GitHubStatusCommand implements Callable<Integer> {
  private static final List<String> FIELDS =
      List.of(
          "id", "name", "event", "head_branch", "status", "conclusion", "created_at", "html_url");

  @Spec CommandSpec spec;
  @Mixin RepositoryOption repository;
  @Mixin ConnectChoices choices;

  @Override
  public Integer call() {
    ConnectOptions options = choices.options(repository, false);
    return RecipeRun.look(
        spec,
        session ->
            new CommandWork(
                Connect.recipe(session.azure(), session.profile(), options, session.clock()),
                () -> runs(session.azure(), options)));
  }

  private static CommandResult runs(Azure azure, ConnectOptions options) {
    JsonNode answer =
        new GitHubClient(azure.connection(), options.site())
            .get("/repos/%s/actions/runs?per_page=5".formatted(options.repository()));
    List<JsonNode> runs =
        StreamSupport.stream(answer.path("workflow_runs").spliterator(), false).toList();
    return new CommandResult(
        runs.isEmpty()
            ? List.of("no workflow has run yet")
            : runs.stream().map(GitHubStatusCommand::line).toList(),
        json -> {
          ArrayNode all = json.putArray("runs");
          runs.forEach(run -> all.add(((ObjectNode) run.deepCopy()).retain(FIELDS)));
        });
  }

  /** {@code run 42 mlops success push on main 2026-11-30T12:00:00Z}. */
  private static String line(JsonNode run) {
    String ended = run.path("conclusion").asText(run.path("status").asText());
    return "run %s  %s  %s  %s on %s  %s"
        .formatted(
            run.path("id").asText(),
            run.path("name").asText(),
            ended,
            run.path("event").asText(),
            run.path("head_branch").asText(),
            run.path("created_at").asText());
  }
}
