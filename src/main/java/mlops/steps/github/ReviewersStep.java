package mlops.steps.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
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
  private final Output<ConnectedRepository> repository;
  private final Output<List<Reviewer>> reviewers;

  /**
   * @param given logins and {@code ORG/TEAM}; empty for whoever runs it
   */
  ReviewersStep(
      GitHubClient github,
      List<String> given,
      Output<ConnectedRepository> repository,
      Output<List<Reviewer>> reviewers) {
    this.github = github;
    this.given = given;
    this.repository = repository;
    this.reviewers = reviewers;
  }

  @Override
  public String describe() {
    return "reviewers " + (given.isEmpty() ? "(you)" : String.join(", ", given));
  }

  @Override
  public Change check() {
    List<Reviewer> found = new ArrayList<>();
    if (given.isEmpty()) {
      found.add(person(github.get("/user")));
    }
    for (String name : given) {
      found.add(name.contains("/") ? team(name) : person(name));
    }
    reviewers.set(List.copyOf(found));
    return Change.none(
        "known to GitHub: " + String.join(", ", found.stream().map(Reviewer::name).toList()));
  }

  private Reviewer person(String login) {
    Reviewer person =
        person(github.find("/users/" + login).orElseThrow(() -> unknown("person", login)));
    String path = "%s/collaborators/%s/permission".formatted(repository.get().path(), login);
    boolean sees =
        !repository.get().isPrivate()
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
    return requireSees(reviewer, github.exists(path + repository.get().path()));
  }

  private Reviewer requireSees(Reviewer reviewer, boolean sees) {
    if (!sees) {
      throw MlopsException.failed(
          "ReviewerWithoutAccess",
          "%s cannot read %s, so GitHub would leave it out of the reviewers without a word"
              .formatted(reviewer.name(), repository.get().fullName()),
          "Give it the role Read in the repository, or name another --reviewer.");
    }
    return reviewer;
  }

  private static MlopsException unknown(String kind, String name) {
    return MlopsException.failed(
        "ReviewerNotFound",
        "GitHub shows no %s %s".formatted(kind, name),
        "Name a login, or a team as ORG/TEAM; teams are shown to tokens with the scope read:org.");
  }

  @Override
  public void apply(StepMessages notes) {
    throw new IllegalStateException("reviewers are only looked at");
  }
}
