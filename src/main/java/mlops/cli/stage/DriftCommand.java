package mlops.cli.stage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import mlops.cli.run.CommandResult;
import mlops.cli.run.Difference;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.plan.Output;
import mlops.plan.StepResult;
import mlops.steps.drift.Drift;
import mlops.steps.github.disconnect.GitHubConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops drift}. */
@Command(
    name = "drift",
    description =
        "Shows what differs between the profile and its Azure, and changes nothing; exit code 4"
            + " where something does.")
public final class DriftCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--no-github",
      description = "Do not look at the repository and the applications of github connect.")
  boolean noGitHub;

  @Override
  public Integer call() {
    Output<Drift> drift = new Output<>("drift");
    return RecipeRun.differences(
        spec,
        session -> {
          drift.set(drift(session));
          return drift.get().recipe();
        },
        (session, results) ->
            told(session, drift.get(), results.stream().filter(Difference::is).toList()));
  }

  private Drift drift(Session session) {
    return new Drift(
        session.azure(),
        session.profile(),
        session.clock(),
        () ->
            noGitHub ? Optional.empty() : GitHubConnection.of(session.azure(), session.profile()));
  }

  private static CommandResult told(Session session, Drift drift, List<StepResult> differing) {
    Set<String> mends = new LinkedHashSet<>();
    differing.stream()
        .filter(StepResult.Planned.class::isInstance)
        .forEach(result -> drift.mend(result.node().id()).ifPresent(mends::add));
    return new CommandResult(
        mends.stream()
            .map(mend -> "To fix it: mlops %s%s".formatted(mend, session.options().again()))
            .toList(),
        json -> {
          ArrayNode all = json.putArray("differences");
          for (StepResult result : differing) {
            String id = result.node().id();
            all.addObject()
                .put("step", id)
                .put("title", result.node().step().describe())
                .put("reason", Difference.words(result))
                .put(
                    "mend",
                    result instanceof StepResult.Planned ? drift.mend(id).orElse(null) : null);
          }
        });
  }
}
