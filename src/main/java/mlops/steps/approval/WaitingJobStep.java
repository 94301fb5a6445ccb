package mlops.steps.approval;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import mlops.azure.github.GitHubClient;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** A job of the run waits for the environment, and whoever asks may let it go on. */
final class WaitingJobStep implements Step {
  private final GitHubClient github;
  private final ReviewRequest request;
  private final String environment;
  private final Output<WaitingJob> waiting;

  /**
   * @param environment as GitHub calls it
   */
  WaitingJobStep(
      GitHubClient github, ReviewRequest request, String environment, Output<WaitingJob> waiting) {
    this.github = github;
    this.request = request;
    this.environment = environment;
    this.waiting = waiting;
  }

  @Override
  public String describe() {
    return "run %s of %s".formatted(request.run(), request.repository());
  }

  @Override
  public Change check() {
    JsonNode run =
        github
            .find(request.path())
            .orElseThrow(
                () ->
                    MlopsException.failed(
                        "RunNotFound",
                        "%s has no run %s, or GitHub does not show it"
                            .formatted(request.repository(), request.run()),
                        "gh run list --repo %s shows those that there are."
                            .formatted(request.named())));
    List<JsonNode> pending = elements(github.get(request.path() + "/pending_deployments")).toList();
    Optional<JsonNode> here =
        pending.stream().filter(p -> isHere(p.path("environment"))).findFirst();
    if (here.isPresent()) {
      requireReviewer(here.get());
      waiting.set(new WaitingJob(here.get().at("/environment/id").asLong(), Optional.empty()));
    } else {
      waiting.set(new WaitingJob(0, Optional.of(said(pending))));
    }
    return Change.none(
        "by %s on %s, commit %.12s"
            .formatted(
                run.at("/actor/login").asText(),
                run.path("head_branch").asText(),
                run.path("head_sha").asText()));
  }

  private boolean isHere(JsonNode found) {
    return found.path("name").asText().equalsIgnoreCase(environment);
  }

  /** What was said last to jobs of this environment. */
  private JsonNode said(List<JsonNode> pending) {
    return elements(github.get(request.path() + "/approvals"))
        .filter(a -> elements(a.path("environments")).anyMatch(this::isHere))
        .reduce((first, second) -> second)
        .orElseThrow(
            () -> {
              List<String> others =
                  pending.stream().map(p -> p.at("/environment/name").asText()).toList();
              return MlopsException.failed(
                  "NothingWaits",
                  "run %s waits for nobody in %s".formatted(request.run(), environment),
                  others.isEmpty()
                      ? "gh run view %s --repo %s shows how it stands."
                          .formatted(request.run(), request.named())
                      : "It waits in " + String.join(", ", others) + ".");
            });
  }

  private void requireReviewer(JsonNode found) {
    if (found.path("current_user_can_approve").asBoolean()) {
      return;
    }
    List<String> reviewers = new ArrayList<>();
    for (JsonNode reviewer : found.path("reviewers")) {
      JsonNode who = reviewer.path("reviewer");
      reviewers.add(who.path("login").asText(who.path("slug").asText()));
    }
    throw MlopsException.refused(
        "NotReviewer",
        "the token's owner may not review jobs of %s".formatted(environment),
        "One of these may: %s. Whoever started a run may be kept from reviewing it."
            .formatted(String.join(", ", reviewers)));
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("a run is only looked at");
  }
}
