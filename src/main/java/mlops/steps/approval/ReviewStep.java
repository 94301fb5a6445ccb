package mlops.steps.approval;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.azure.RestClient;
import mlops.azure.github.GitHubClient;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/** The click itself. Its comment names the files that were approved. */
final class ReviewStep implements Step {
  private final GitHubClient github;
  private final ReviewRequest request;
  private final Output<WaitingJob> waiting;
  private final Output<ReviewedModel> model;

  ReviewStep(
      GitHubClient github,
      ReviewRequest request,
      Output<WaitingJob> waiting,
      Output<ReviewedModel> model) {
    this.github = github;
    this.request = request;
    this.waiting = waiting;
    this.model = model;
  }

  @Override
  public String describe() {
    return (request.approved() ? "approval for " : "rejection for ") + request.environment().name();
  }

  @Override
  public Change check() {
    return waiting.get().said().map(this::said).orElseGet(() -> Change.run(comment()));
  }

  private Change said(JsonNode review) {
    String state = review.path("state").asText();
    String words = "%s by %s already".formatted(state, review.at("/user/login").asText());
    if (!state.equals(request.state())) {
      throw MlopsException.refused(
          "ReviewedAlready",
          "run %s was %s".formatted(request.run(), words),
          "Run it again on GitHub: gh run rerun %s --repo %s"
              .formatted(request.run(), request.named()));
    }
    return Change.none(words);
  }

  /** His own words, and what he saw. */
  private String comment() {
    String about =
        model
            .get()
            .trained()
            .map(
                m ->
                    "%s version %s, files %s"
                        .formatted(model.get().name(), m.version(), model.get().hash()))
            .orElse("by mlops");
    return request.comment().map(c -> c + " (" + about + ")").orElse(about);
  }

  @Override
  public void apply(StepMessages messages) {
    ObjectNode body = RestClient.JSON.createObjectNode();
    body.putArray("environment_ids").add(waiting.get().environment());
    body.put("state", request.state()).put("comment", comment());
    github.post(request.path() + "/pending_deployments", body);
  }
}
