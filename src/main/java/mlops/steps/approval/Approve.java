package mlops.steps.approval;

import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.review.ModelStatus;

/** The recipe of {@code mlops approve}: a job that waits for its environment goes on, or ends. */
public final class Approve {
  private final Azure azure;
  private final Profile profile;
  private final ReviewRequest request;
  private final Output<WaitingJob> waiting = new Output<>("waiting job");
  private final Output<ReviewedModel> model = new Output<>("model");

  public Approve(Azure azure, Profile profile, ReviewRequest request) {
    this.azure = azure;
    this.profile = profile;
    this.request = request;
  }

  public Recipe recipe() {
    GitHubClient github = new GitHubClient(azure.connection(), request.site());
    String env = request.environment().name();
    String run = "run." + env;
    String about = "model." + env;
    return Recipe.named("approve")
        .step(run, new WaitingJobStep(github, request, gitHubName(), waiting))
        .step(
            about,
            new ReviewedModelStep(
                new ModelStatus(azure, profile), env, profile.gate().metrics().keySet(), model),
            run)
        .step("review." + env, new ReviewStep(github, request, waiting, model), about)
        .build();
  }

  /** What is let go on, once it is known. */
  public Output<ReviewedModel> model() {
    return model;
  }

  private String gitHubName() {
    return profile.gitHub(request.environment()).name();
  }
}
