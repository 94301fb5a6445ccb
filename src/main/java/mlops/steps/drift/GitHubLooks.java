package mlops.steps.drift;

import java.time.Clock;
import java.util.List;
import mlops.azure.Azure;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Recipe;
import mlops.plan.Step;
import mlops.plan.StepMessages;
import mlops.profile.Profile;
import mlops.steps.github.Connect;
import mlops.steps.github.ConnectOptions;
import mlops.steps.github.disconnect.GitHubConnection;
import mlops.steps.github.login.ApplicationName;

/**
 * The looks of {@code mlops github connect} at the repository that it connected, and whether
 * somebody else may log in as its applications. What was chosen on its command line is not known
 * any more: reviewers are looked for where the profile names them for each target, and ids in the
 * variables or secrets in which they are.
 */
final class GitHubLooks {
  private static final String START = "github.";
  private static final String REPOSITORY = "repository";

  private final Azure azure;
  private final Profile profile;
  private final GitHubConnection connection;
  private final ConnectOptions options;

  GitHubLooks(Azure azure, Profile profile, GitHubConnection connection) {
    this.azure = azure;
    this.profile = profile;
    this.connection = connection;
    boolean reviewed =
        profile.targets().stream()
            .noneMatch(t -> profile.gitHub(t.environment()).reviewers().isEmpty());
    this.options =
        ConnectOptions.again(
            azure,
            connection.site(),
            connection.repository(),
            reviewed,
            profile.gitHub(profile.training().environment()).name());
  }

  void addTo(Recipe.Builder recipe, Clock clock) {
    for (Recipe.Node node : Connect.recipe(azure, profile, options, clock).nodes()) {
      Step step = node.id().equals(REPOSITORY) ? new ReachedStep(node.step()) : node.step();
      recipe.step(
          START + node.id(),
          step,
          node.waitsFor().stream().map(START::concat).toArray(String[]::new));
    }
    for (Profile.Environment environment : profile.environments()) {
      ExtraLoginsStep.Application application =
          new ExtraLoginsStep.Application(
              ApplicationName.of(profile, environment), profile.gitHub(environment).name());
      recipe.step(
          START + "logins." + environment.name(),
          new ExtraLoginsStep(azure, connection, application),
          START + REPOSITORY);
    }
  }

  /** Whether a step is one of them. */
  static boolean is(String step) {
    return step.startsWith(START);
  }

  /** The command that mends what they find; what is too much somebody has to decide on. */
  String mend() {
    List<String> words =
        List.of(
            "github connect --repo " + connection.repository(),
            options.isReviewed() ? "" : " --no-reviewers",
            options.secrets() ? " --ids-as-secrets" : "",
            connection.site().option());
    return String.join("", words);
  }

  /** Where the repository cannot be read nothing is known to differ: that is a failure. */
  private record ReachedStep(Step look) implements Step {
    @Override
    public String describe() {
      return look.describe();
    }

    @Override
    public Change check() {
      try {
        return look.check();
      } catch (MlopsException e) {
        throw MlopsException.failed(
            e.code(), e.message(), e.hint() + " Or leave GitHub out with --no-github.", e);
      }
    }

    @Override
    public void apply(StepMessages messages) {
      throw new IllegalStateException("looking changes nothing");
    }
  }
}
