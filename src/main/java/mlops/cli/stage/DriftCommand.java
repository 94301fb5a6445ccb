package mlops.cli.stage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import mlops.cli.run.CommandResult;
import mlops.cli.run.Difference;
import mlops.cli.run.RecipeRun;
import mlops.cli.session.Session;
import mlops.plan.StepResult;
import mlops.profile.Profile;
import mlops.steps.drift.Drift;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code mlops drift}. */
@Command(
    name = "drift",
    description =
        "Shows what differs between the profile and its Azure, and changes nothing; exit code 4"
            + " where something does.")
public final class DriftCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    return RecipeRun.differences(
        spec,
        session -> new Drift(session.azure(), session.profile(), session.clock()).recipe(),
        (session, results) -> told(session, results.stream().filter(Difference::is).toList()));
  }

  private static CommandResult told(Session session, List<StepResult> differing) {
    Profile profile = session.profile();
    Set<String> mends = new LinkedHashSet<>();
    differing.stream()
        .filter(StepResult.Planned.class::isInstance)
        .forEach(result -> Drift.mend(profile, result.node().id()).ifPresent(mends::add));
    return new CommandResult(
        mends.stream()
            .map(mend -> "To mend it: mlops %s%s".formatted(mend, session.options().again()))
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
                    result instanceof StepResult.Planned
                        ? Drift.mend(profile, id).orElse(null)
                        : null);
          }
        });
  }
}
