package mlops.steps.github.disconnect;

import java.util.ArrayList;
import java.util.List;
import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.azure.github.GitHubSite;
import mlops.azure.ml.BuiltInRole;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.github.Connect;
import mlops.steps.github.ConnectedScopes;
import mlops.steps.github.ConnectedVariable;
import mlops.steps.github.EnvironmentPath;
import mlops.steps.github.RepositoryStep;
import mlops.steps.github.disconnect.RemoveRolesStep.Grant;
import mlops.steps.github.login.ApplicationName;
import mlops.steps.github.login.ConnectedRepository;

/** The recipe of {@code mlops github disconnect}. */
public final class Disconnect {
  private static final String REPOSITORY = "repository";
  private static final String CONNECTED = "delete.connected";

  private final Azure azure;
  private final Profile profile;
  private final GitHubConnection connection;
  private final boolean purge;
  private final String start;

  /**
   * Takes away what connect made.
   *
   * @param site the GitHub that has the repository
   * @param repository {@code OWNER/NAME}
   * @param purge whether environments go that were there before, or that were deployed into
   */
  public static Recipe recipe(
      Azure azure, Profile profile, GitHubSite site, String repository, boolean purge) {
    Recipe.Builder recipe = Recipe.named("github disconnect");
    GitHubConnection connection = new GitHubConnection(site, repository);
    new Disconnect(azure, profile, connection, purge, "")
        .addTo(recipe, profile.environments(), true);
    return recipe.build();
  }

  /**
   * Puts its steps into a longer recipe, under ids that begin with {@code github.}; the ids of the
   * last ones. Environments stay that were there before, or that were deployed into.
   *
   * @param of the environments that are taken away
   * @param whole whether these are all, so that the repository is connected no more
   */
  public static List<String> addTo(
      Recipe.Builder recipe,
      Azure azure,
      Profile profile,
      GitHubConnection connection,
      List<Profile.Environment> of,
      boolean whole) {
    return new Disconnect(azure, profile, connection, false, "github.").addTo(recipe, of, whole);
  }

  private List<String> addTo(
      Recipe.Builder recipe, List<Profile.Environment> environments, boolean whole) {
    GitHubClient github = new GitHubClient(azure.connection(), connection.site());
    Output<ConnectedRepository> found = new Output<>(REPOSITORY);
    ConnectedVariable connected = new ConnectedVariable(github, found);
    String repository = start + REPOSITORY;
    recipe.step(repository, new RepositoryStep(github, connection.repository(), false, found));
    List<String> before = new ArrayList<>();
    for (Profile.Environment environment : environments) {
      EnvironmentPath path = new EnvironmentPath(found, profile.gitHub(environment).name());
      String id = start + "delete.environment." + environment.name();
      recipe.step(
          id,
          new RemoveEnvironmentStep(github, path, connected, Connect.VALUES, purge),
          repository);
      before.add(id);
    }
    RemoveConnectedStep variable = new RemoveConnectedStep(connected);
    if (whole && isPart()) { // its credentials tell the next run of the repository: they go last
      recipe.step(start + CONNECTED, variable, ids(before));
      before.add(start + CONNECTED);
    }
    List<String> last =
        environments.stream()
            .map(e -> application(recipe, e, isPart() ? before : List.of(repository)))
            .toList();
    if (whole && !isPart()) {
      before.addAll(last);
      recipe.step(start + CONNECTED, variable, ids(before));
    }
    return last;
  }

  private boolean isPart() {
    return !start.isEmpty();
  }

  private String application(
      Recipe.Builder recipe, Profile.Environment environment, List<String> after) {
    String env = environment.name();
    ConnectedApplication application =
        new ConnectedApplication(azure, ApplicationName.of(profile, environment));
    String roles = start + "delete.roles." + env;
    String id = start + "delete.application." + env;
    recipe
        .step(
            roles,
            new RemoveRolesStep(azure, application, grants(azure, profile, environment)),
            ids(after))
        .step(id, new RemoveApplicationStep(application), roles);
    return id;
  }

  private static String[] ids(List<String> steps) {
    return steps.toArray(String[]::new);
  }

  private static List<Grant> grants(Azure azure, Profile profile, Profile.Environment environment) {
    ConnectedScopes scopes = new ConnectedScopes(azure, profile);
    return List.of(
        new Grant(BuiltInRole.CONTRIBUTOR, scopes.group()),
        new Grant(BuiltInRole.BLOB_CONTRIBUTOR, scopes.container(environment)));
  }

  private Disconnect(
      Azure azure, Profile profile, GitHubConnection connection, boolean purge, String start) {
    this.azure = azure;
    this.profile = profile;
    this.connection = connection;
    this.purge = purge;
    this.start = start;
  }
}
