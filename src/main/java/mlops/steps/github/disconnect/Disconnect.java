package mlops.steps.github.disconnect;

import java.util.ArrayList;
import java.util.List;
import mlops.azure.Azure;
import mlops.azure.github.GitHubClient;
import mlops.azure.github.GitHubSite;
import mlops.plan.Output;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.RoleAssignmentStep.Role;
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

  /**
   * Takes away what connect made.
   *
   * @param site the GitHub that has the repository
   * @param repository {@code OWNER/NAME}
   * @param purge whether environments go that were there before, or that were deployed into
   */
  public static Recipe recipe(
      Azure azure, Profile profile, GitHubSite site, String repository, boolean purge) {
    GitHubClient github = new GitHubClient(azure.connection(), site);
    Output<ConnectedRepository> found = new Output<>(REPOSITORY);
    ConnectedVariable connected = new ConnectedVariable(github, found);
    Recipe.Builder recipe = Recipe.named("github disconnect");
    recipe.step(REPOSITORY, new RepositoryStep(github, repository, false, found));
    List<String> all = new ArrayList<>();
    for (Profile.Environment environment : profile.environments()) {
      String env = environment.name();
      EnvironmentPath path = new EnvironmentPath(found, profile.gitHub(environment).name());
      ConnectedApplication application =
          new ConnectedApplication(azure, ApplicationName.of(profile, environment));
      recipe
          .step(
              "delete.environment." + env,
              new RemoveEnvironmentStep(github, path, connected, Connect.VALUES, purge),
              REPOSITORY)
          .step(
              "delete.roles." + env,
              new RemoveRolesStep(azure, application, grants(azure, profile, environment)),
              REPOSITORY)
          .step(
              "delete.application." + env,
              new RemoveApplicationStep(application),
              "delete.roles." + env);
      all.addAll(List.of("delete.environment." + env, "delete.application." + env));
    }
    return recipe
        .step("delete.connected", new RemoveConnectedStep(connected), all.toArray(String[]::new))
        .build();
  }

  private static List<Grant> grants(Azure azure, Profile profile, Profile.Environment environment) {
    ConnectedScopes scopes = new ConnectedScopes(azure, profile);
    return List.of(
        new Grant(Role.CONTRIBUTOR, scopes.group()),
        new Grant(Role.BLOB_CONTRIBUTOR, scopes.container(environment)));
  }

  private Disconnect() {}
}
