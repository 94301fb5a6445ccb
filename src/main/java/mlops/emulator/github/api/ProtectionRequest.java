package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.GitHubPlan;
import mlops.emulator.github.account.Owner;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.account.Role;
import mlops.emulator.github.account.Team;
import mlops.emulator.github.environment.Protection;
import mlops.emulator.github.environment.Protection.Branches;
import mlops.emulator.github.environment.Reviewer;
import mlops.emulator.github.route.Bodies;
import mlops.emulator.github.route.GitHubErrors;
import mlops.emulator.http.Request;

/** Reads what is to protect an environment, and refuses what GitHub refuses. */
final class ProtectionRequest {
  private static final Set<String> KEYS =
      Set.of("wait_timer", "prevent_self_review", "reviewers", "deployment_branch_policy");
  private static final int LONGEST_WAIT = 43200;
  private static final int MOST_REVIEWERS = 6;

  private final GitHubDirectory directory;
  private final GitHubPlan plan;

  ProtectionRequest(GitHubDirectory directory, GitHubPlan plan) {
    this.directory = directory;
    this.plan = plan;
  }

  Protection read(Request request, Repository repository) {
    ObjectNode body = Bodies.of(request, KEYS);
    int wait = body.path("wait_timer").asInt(0);
    boolean self = body.path("prevent_self_review").asBoolean(false);
    JsonNode asked = body.path("reviewers");
    if (wait < 0 || wait > LONGEST_WAIT) {
      throw GitHubErrors.invalid("Environment", "wait_timer", "invalid");
    }
    if (asked.size() > MOST_REVIEWERS) {
      throw GitHubErrors.invalid("Environment", "reviewers", "invalid");
    }
    requirePlan(wait > 0, "wait timer");
    requirePlan(!asked.isEmpty() || self, "required reviewers");
    if (self && asked.isEmpty()) {
      throw GitHubErrors.invalid("Environment", "prevent_self_review", "invalid");
    }
    return new Protection(
        wait, self, reviewers(asked, repository), branches(body.path("deployment_branch_policy")));
  }

  private void requirePlan(boolean asked, String rule) {
    if (asked && !plan.hasReviewers()) {
      throw GitHubErrors.unprocessable(
          "Failed to create the environment protection rule. Please ensure the billing plan supports the %s protection rule."
              .formatted(rule));
    }
  }

  /** Those who cannot read the repository are left out, without a word. */
  private List<Reviewer> reviewers(JsonNode asked, Repository repository) {
    List<Reviewer> reviewers = new ArrayList<>();
    for (JsonNode one : asked) {
      Reviewer reviewer = new Reviewer(one.path("type").asText(), one.path("id").asLong());
      if (role(reviewer, repository).includes(Role.READ)) {
        reviewers.add(reviewer);
      }
    }
    return reviewers;
  }

  private Role role(Reviewer reviewer, Repository repository) {
    return switch (reviewer.type()) {
      case Reviewer.USER ->
          directory
              .owner(reviewer.number())
              .map(Owner::login)
              .map(login -> directory.role(login, repository))
              .orElseThrow(ProtectionRequest::unknownReviewer);
      case Reviewer.TEAM -> role(reviewer.number(), repository);
      default -> throw unknownReviewer();
    };
  }

  private Role role(long number, Repository repository) {
    Team team = directory.team(number).orElseThrow(ProtectionRequest::unknownReviewer);
    return directory.role(team, repository);
  }

  private static RuntimeException unknownReviewer() {
    return GitHubErrors.invalid("Environment", "reviewers", "invalid");
  }

  private static Branches branches(JsonNode policy) {
    if (policy.isMissingNode() || policy.isNull()) {
      return Branches.ALL;
    }
    boolean ofProtected = policy.path("protected_branches").asBoolean();
    if (ofProtected == policy.path("custom_branch_policies").asBoolean()) {
      throw GitHubErrors.unprocessable(
          "Invalid request.\n\n\"protected_branches\" and \"custom_branch_policies\" cannot have the same value.");
    }
    return ofProtected ? Branches.PROTECTED : Branches.SELECTED;
  }
}
