package mlops.cli.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mlops.azure.github.GitHubSite;
import mlops.cli.run.CommandResult;
import mlops.cli.run.CommandWork;
import mlops.cli.run.RecipeRun;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.approval.Approve;
import mlops.steps.approval.ReviewRequest;
import mlops.steps.approval.ReviewedModel;
import mlops.steps.review.ModelStatus;
import mlops.yaml.SpellingSuggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code mlops approve}. */
@Command(
    name = "approve",
    description =
        "Approves a deployment that waits on GitHub, as its reviewer, and shows the model that it"
            + " takes along. With --plan it only shows.")
public final class ApproveCommand implements Callable<Integer> {
  @Spec CommandSpec spec;
  @Mixin RecipeRun plan = new RecipeRun();
  @Mixin RepositoryOption repository = new RepositoryOption();

  @Option(names = "--run", required = true, paramLabel = "ID", description = "The run that waits.")
  String run = "";

  @Option(
      names = "--env",
      required = true,
      paramLabel = "ENV",
      description = "The environment that its job waits for, such as prod.")
  String env = "";

  @Option(names = "--reject", description = "Do not let it in: the job fails.")
  boolean reject;

  @Option(names = "--comment", paramLabel = "TEXT", description = "What others read of it.")
  @Nullable String comment;

  @Override
  public Integer call() {
    String named = repository.required();
    GitHubSite site = repository.site();
    RepositoryOption.run(run);
    return plan.executeWork(
        spec,
        session -> {
          ReviewRequest request =
              new ReviewRequest(
                  site,
                  named,
                  run,
                  environment(session.profile()),
                  !reject,
                  Optional.ofNullable(comment));
          Approve approve = new Approve(session.azure(), session.profile(), request);
          return new CommandWork(approve.recipe(), () -> result(approve.model().get()))
              .given(repository.given().with("run", run));
        });
  }

  /** By the name of the profile, or by that on GitHub. */
  private Profile.Environment environment(Profile profile) {
    List<Profile.Environment> all = profile.environments();
    List<String> names = all.stream().map(Profile.Environment::name).toList();
    return all.stream()
        .filter(e -> Stream.of(e.name(), profile.gitHub(e).name()).anyMatch(env::equalsIgnoreCase))
        .findFirst()
        .orElseThrow(
            () ->
                MlopsException.invalid(
                    "--env '%s' is none of: %s".formatted(env, String.join(", ", names)),
                    SpellingSuggestion.wayOut(
                        env, names, "These are the environments of the profile.")));
  }

  private static CommandResult result(ReviewedModel model) {
    return new CommandResult(
        List.of(),
        json -> {
          json.put("model", model.name()).put("files", model.hash());
          model.trained().ifPresent(m -> fill(json.putObject("candidate"), m));
          model.serving().ifPresent(m -> fill(json.putObject("serving"), m));
        });
  }

  private static void fill(ObjectNode json, ModelStatus.Model model) {
    json.put("version", model.version());
    ObjectNode metrics = json.putObject("metrics");
    model.lineage().metrics().forEach(metrics::put);
  }
}
