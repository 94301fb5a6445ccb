package mlops.emulator.github.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.github.account.GitHubDirectory;
import mlops.emulator.github.account.Repository;
import mlops.emulator.github.environment.DeploymentEnvironment;
import mlops.emulator.github.environment.Protection;
import mlops.emulator.github.environment.Protection.Branches;
import mlops.emulator.github.environment.Reviewer;
import mlops.emulator.github.route.GitHubRoutes;
import mlops.emulator.http.Json;
import mlops.emulator.http.Urls;

/** Environments as GitHub describes them: what protects one is a list of rules. */
public final class EnvironmentDocuments {
  private final GitHubDirectory directory;
  private final AccountDocuments accounts;

  public EnvironmentDocuments(GitHubDirectory directory, AccountDocuments accounts) {
    this.directory = directory;
    this.accounts = accounts;
  }

  public ObjectNode of(Repository repository, DeploymentEnvironment environment) {
    Protection protection = environment.protection();
    String name = Urls.encode(environment.name());
    ObjectNode body =
        Json.object()
            .put("id", environment.number())
            .put("node_id", NodeId.of("EN", environment.number()))
            .put("name", environment.name())
            .put(
                "url",
                "https://%s/repos/%s/environments/%s"
                    .formatted(GitHubRoutes.HOST, repository.fullName(), name))
            .put(
                "html_url",
                "https://github.com/%s/deployments/activity_log?environments_filter=%s"
                    .formatted(repository.fullName(), name))
            .put("created_at", environment.createdAt())
            .put("updated_at", environment.updatedAt());
    rules(body.putArray("protection_rules"), environment);
    if (protection.branches() == Branches.ALL) {
      return body.putNull("deployment_branch_policy");
    }
    body.putObject("deployment_branch_policy")
        .put("protected_branches", protection.branches() == Branches.PROTECTED)
        .put("custom_branch_policies", protection.branches() == Branches.SELECTED);
    return body;
  }

  private void rules(ArrayNode rules, DeploymentEnvironment environment) {
    Protection protection = environment.protection();
    if (protection.waitTimer() > 0) {
      rule(rules, environment, "wait_timer").put("wait_timer", protection.waitTimer());
    }
    if (!protection.reviewers().isEmpty()) {
      ObjectNode rule = rule(rules, environment, "required_reviewers");
      rule.put("prevent_self_review", protection.preventSelfReview());
      rule.set("reviewers", reviewers(environment));
    }
    if (protection.branches() != Branches.ALL) {
      rule(rules, environment, "branch_policy");
    }
  }

  /** Who may let jobs into an environment. */
  public ArrayNode reviewers(DeploymentEnvironment environment) {
    ArrayNode reviewers = Json.MAPPER.createArrayNode();
    environment.protection().reviewers().forEach(r -> reviewers.add(reviewer(r)));
    return reviewers;
  }

  /** The number of a rule is made of that of its environment, which has few of them. */
  private static ObjectNode rule(ArrayNode rules, DeploymentEnvironment environment, String type) {
    long number = environment.number() - rules.size();
    return rules
        .addObject()
        .put("id", number)
        .put("node_id", NodeId.of("GA", number))
        .put("type", type);
  }

  private ObjectNode reviewer(Reviewer reviewer) {
    ObjectNode body = Json.object().put("type", reviewer.type());
    body.set(
        "reviewer",
        reviewer.type().equals(Reviewer.TEAM)
            ? accounts.team(directory.team(reviewer.number()).orElseThrow())
            : AccountDocuments.simple(directory.owner(reviewer.number()).orElseThrow()));
    return body;
  }
}
