package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.github.GitHubClient;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.login.ConnectedRepository;
import mlops.steps.github.login.Subject;

/**
 * The repository is there, as GitHub itself spells it, and the token may administer it. Nothing is
 * written before that is known.
 */
public final class RepositoryStep implements Step {
  private final GitHubClient github;
  private final String given;
  private final boolean reviewed;
  private final Output<ConnectedRepository> repository;

  /**
   * @param given {@code OWNER/NAME} as the user spells it
   * @param reviewed whether its environments are to have reviewers
   */
  public RepositoryStep(
      GitHubClient github, String given, boolean reviewed, Output<ConnectedRepository> repository) {
    this.github = github;
    this.given = given;
    this.reviewed = reviewed;
    this.repository = repository;
  }

  @Override
  public String describe() {
    return "repository " + given;
  }

  @Override
  public Change check() {
    ConnectedRepository found =
        ConnectedRepository.find(github, given)
            .orElseThrow(
                () ->
                    MlopsException.failed(
                        "RepositoryNotFound",
                        "GitHub shows no repository %s".formatted(given),
                        ("Check the spelling. A private one is shown only to a token that may see"
                                + " it: the scope repo, or the repository among those of a"
                                + " fine-grained token; gh auth status%s shows which it is.")
                            .formatted(github.site().hostname())));
    String name = found.fullName();
    requireAdministrator(found.document(), name);
    requirePlan(found.document(), name);
    repository.set(found);
    String renamed = name.equals(given) ? "" : "is " + name + ", ";
    return Change.none(
        "%s%s, its tokens are for %s…"
            .formatted(
                renamed,
                found.visibility(),
                Subject.of(found, "").replaceFirst(":environment:$", "")));
  }

  private void requireAdministrator(JsonNode document, String name) {
    if (!document.at("/permissions/admin").asBoolean()) {
      throw MlopsException.failed(
          "NotAdministrator",
          "the token may not administer %s, which environments ask for".formatted(name),
          "Ask an administrator of the repository to run it, or to give you the role Admin.");
    }
    Optional<List<String>> scopes = github.scopes();
    if (scopes.isPresent() && !scopes.get().contains("repo")) {
      throw MlopsException.failed(
          "ScopeMissing",
          "the token has the scopes %s, and environments ask for repo".formatted(scopes.get()),
          "Add it: gh auth refresh%s -s repo".formatted(github.site().hostname()));
    }
  }

  /** What the plan of an organisation does not have is known before anything is written. */
  private void requirePlan(JsonNode document, String name) {
    if (!document.path("private").asBoolean() || github.site().isServer()) {
      return;
    }
    String plan =
        github
            .find("/orgs/" + document.at("/owner/login").asText())
            .map(o -> o.at("/plan/name").asText())
            .orElse("");
    if (plan.equals("free")) {
      throw MlopsException.failed(
          "PlanWithoutEnvironments",
          "%s is private, and the plan of its owner (free) has no environments for private repositories"
              .formatted(name),
          "Make it public, or have it in an organisation with GitHub Team or Enterprise. Without"
              + " environments a job's subject names its branch, which mlops does not set up.");
    }
    if (plan.equals("team") && reviewed) {
      throw MlopsException.failed(
          "PlanWithoutReviewers",
          "%s is private, and the plan of its owner (team) has no required reviewers for private repositories"
              .formatted(name),
          "Make it public or have it on GitHub Enterprise; or run it with --no-reviewers and let"
              + " `approvals:` of the profile ask, which stops mlops promote but no other program"
              + " in the workflow.");
    }
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("a repository is only looked at");
  }
}
