package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import mlops.azure.RestClient;
import mlops.azure.github.GitHubClient;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.steps.github.login.ConnectedRepository;

/** Each reviewer is there and sees the repository: GitHub leaves out those who do not, silently. */
final class ReviewersStep implements Step {

  /**
   * Who lets a job into an environment.
   *
   * @param type {@code User} or {@code Team}
   */
  record Reviewer(String type, long id, String name) {}

  private final GitHubClient github;
  private final List<String> given;
  private final EnvironmentPath environment;
  private final Output<List<Reviewer>> reviewers;

  /**
   * @param given logins and {@code ORG/TEAM}; empty for those whom the environment has, or whoever
   *     runs it where it has none
   */
  ReviewersStep(
      GitHubClient github,
      List<String> given,
      EnvironmentPath environment,
      Output<List<Reviewer>> reviewers) {
    this.github = github;
    this.given = given;
    this.environment = environment;
    this.reviewers = reviewers;
  }

  @Override
  public String describe() {
    return "reviewers " + (given.isEmpty() ? "of " + environment.name() : String.join(", ", given));
  }

  @Override
  public Change check() {
    List<String> present = given.isEmpty() ? present() : List.of();
    if (!present.isEmpty()) {
      reviewers.set(List.of());
      return Change.none("stay as they are: " + String.join(", ", present));
    }
    if (given.isEmpty()) {
      Reviewer you = person(github.get("/user"));
      reviewers.set(List.of(you));
      return Change.none("you: " + you.name());
    }
    List<Reviewer> found = new ArrayList<>();
    for (String name : given) {
      found.add(name.contains("/") ? team(name) : person(name));
    }
    reviewers.set(List.copyOf(found));
    return Change.none(
        "known to GitHub: " + String.join(", ", found.stream().map(Reviewer::name).toList()));
  }

  /** Who is asked already, such as those of an earlier connect. */
  private List<String> present() {
    JsonNode found = github.find(environment.path()).orElseGet(RestClient.JSON::createObjectNode);
    List<String> names = new ArrayList<>();
    for (JsonNode rule : found.path("protection_rules")) {
      for (JsonNode reviewer : rule.path("reviewers")) {
        JsonNode who = reviewer.path("reviewer");
        names.add(who.path("login").asText(who.path("slug").asText()));
      }
    }
    return names;
  }

  private Reviewer person(String login) {
    Reviewer person =
        person(github.find("/users/" + login).orElseThrow(() -> unknown("person", login)));
    String path = "%s/collaborators/%s/permission".formatted(repository().path(), login);
    boolean sees =
        !repository().isPrivate()
            || github
                .find(path)
                .filter(p -> !p.path("permission").asText().equals("none"))
                .isPresent();
    return requireSees(person, sees);
  }

  private static Reviewer person(JsonNode user) {
    return new Reviewer("User", user.path("id").asLong(), user.path("login").asText());
  }

  private Reviewer team(String name) {
    String[] parts = name.split("/", 2);
    String path = "/orgs/%s/teams/%s".formatted(parts[0], parts[1]);
    JsonNode team = github.find(path).orElseThrow(() -> unknown("team", name));
    Reviewer reviewer =
        new Reviewer("Team", team.path("id").asLong(), parts[0] + "/" + team.path("slug").asText());
    return requireSees(reviewer, github.exists(path + repository().path()));
  }

  private Reviewer requireSees(Reviewer reviewer, boolean sees) {
    if (!sees) {
      throw MlopsException.failed(
          "ReviewerWithoutAccess",
          "%s cannot read %s, so GitHub would leave it out of the reviewers without a word"
              .formatted(reviewer.name(), repository().fullName()),
          "Give it the role Read in the repository, or name another --reviewer.");
    }
    return reviewer;
  }

  private ConnectedRepository repository() {
    return environment.repository().get();
  }

  private static MlopsException unknown(String kind, String name) {
    return MlopsException.failed(
        "ReviewerNotFound",
        "GitHub shows no %s %s".formatted(kind, name),
        "Name a login, or a team as ORG/TEAM; teams are shown to tokens with the scope read:org.");
  }

  @Override
  public void apply(StepMessages messages) {
    throw new IllegalStateException("reviewers are only looked at");
  }
}
