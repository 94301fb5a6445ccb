package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import mlops.azure.RestClient;
import mlops.azure.github.GitHubClient;
import mlops.plan.Change;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * The branches that may deploy into an environment. The subject of a job in an environment does not
 * name its branch, so this alone keeps other branches out of Azure.
 */
final class BranchPolicyStep implements Step {
  private final GitHubClient github;
  private final EnvironmentPath environment;
  private final List<String> given;

  /**
   * @param given patterns of branches; empty for those that the environment has, or the default
   *     branch of the repository where it has none
   */
  BranchPolicyStep(GitHubClient github, EnvironmentPath environment, List<String> given) {
    this.github = github;
    this.environment = environment;
    this.given = given;
  }

  @Override
  public String describe() {
    return "deployment branches of " + environment.name();
  }

  @Override
  public Change check() {
    Optional<JsonNode> found = github.find(environment.path());
    if (found.isPresent()
        && found.get().at("/deployment_branch_policy/protected_branches").asBoolean()) {
      return Change.none("the protected branches, as somebody chose");
    }
    List<String> present = present();
    List<String> missing = missing(present);
    return missing.isEmpty()
        ? Change.none(String.join(", ", given.isEmpty() ? present : given))
        : Change.create(String.join(", ", missing));
  }

  private List<String> present() {
    return github.list(collection(), "branch_policies").stream()
        .map(p -> p.path("name").asText())
        .toList();
  }

  private List<String> missing(List<String> present) {
    if (given.isEmpty()) {
      return present.isEmpty()
          ? List.of(environment.repository().get().defaultBranch())
          : List.of();
    }
    return given.stream().filter(b -> !present.contains(b)).toList();
  }

  @Override
  public void apply(StepMessages messages) {
    for (String branch : missing(present())) {
      github.post(
          collection(),
          RestClient.JSON.createObjectNode().put("name", branch).put("type", "branch"));
    }
  }

  private String collection() {
    return environment.path() + "/deployment-branch-policies";
  }
}
