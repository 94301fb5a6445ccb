package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.azure.RestClient;
import mlops.azure.github.GitHubClient;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.ReviewersStep.Reviewer;

/**
 * An environment of the repository, which takes jobs of selected branches only and where reviewers
 * let them in. What others have set there stays: it is read first, and written back whole.
 */
final class DeploymentEnvironmentStep implements Step {
  private static final String BRANCHES = "deployment_branch_policy";

  private final GitHubClient github;
  private final EnvironmentPath environment;
  private final Output<List<Reviewer>> reviewers;
  private final String unreviewed;

  /**
   * @param reviewers not known where there are to be none
   * @param unreviewed what is to be known of an environment without any; empty where there are some
   */
  DeploymentEnvironmentStep(
      GitHubClient github,
      EnvironmentPath environment,
      Output<List<Reviewer>> reviewers,
      String unreviewed) {
    this.unreviewed = unreviewed;
    this.github = github;
    this.environment = environment;
    this.reviewers = reviewers;
  }

  @Override
  public String describe() {
    return "GitHub environment " + environment.name();
  }

  @Override
  public Change check() {
    Optional<JsonNode> found = github.find(environment.path());
    if (found.isEmpty()) {
      return Change.create("does not exist" + (unreviewed.isEmpty() ? "" : "; " + unreviewed));
    }
    List<String> missing = new ArrayList<>();
    missing(found.get()).forEach(r -> missing.add("reviewer " + r.name()));
    if (found.get().path(BRANCHES).isNull()) {
      missing.add("all branches may deploy");
    }
    boolean asks = unreviewed.isEmpty() || !present(found.get()).isEmpty();
    return missing.isEmpty()
        ? Change.none(asks ? "" : unreviewed)
        : Change.update(String.join(", ", missing));
  }

  private List<Reviewer> missing(JsonNode found) {
    List<JsonNode> present = present(found);
    return reviewers.ifKnown().orElse(List.of()).stream()
        .filter(
            r ->
                present.stream()
                    .noneMatch(
                        p ->
                            p.path("type").asText().equals(r.type())
                                && p.path("id").asLong() == r.id()))
        .toList();
  }

  /** The reviewers that there are, as a request names them. */
  private static List<JsonNode> present(JsonNode found) {
    List<JsonNode> present = new ArrayList<>();
    rule(found, "required_reviewers")
        .path("reviewers")
        .forEach(
            r ->
                present.add(
                    RestClient.JSON
                        .createObjectNode()
                        .put("type", r.path("type").asText())
                        .put("id", r.at("/reviewer/id").asLong())));
    return present;
  }

  private static JsonNode rule(JsonNode found, String type) {
    for (JsonNode rule : found.path("protection_rules")) {
      if (rule.path("type").asText().equals(type)) {
        return rule;
      }
    }
    return RestClient.JSON.missingNode();
  }

  @Override
  public void apply(StepMessages messages) {
    JsonNode found = github.find(environment.path()).orElseGet(RestClient.JSON::createObjectNode);
    ObjectNode body = RestClient.JSON.createObjectNode();
    JsonNode wait = rule(found, "wait_timer").path("wait_timer");
    if (!wait.isMissingNode()) {
      body.set("wait_timer", wait);
    }
    ArrayNode all = body.putArray("reviewers");
    present(found).forEach(all::add);
    missing(found).forEach(r -> all.addObject().put("type", r.type()).put("id", r.id()));
    if (rule(found, "required_reviewers").path("prevent_self_review").asBoolean()) {
      body.put("prevent_self_review", true);
    }
    if (found.path(BRANCHES).isObject()) {
      body.set(BRANCHES, found.path(BRANCHES));
    } else {
      body.putObject(BRANCHES).put("protected_branches", false).put("custom_branch_policies", true);
    }
    github.put(environment.path(), body);
  }
}
