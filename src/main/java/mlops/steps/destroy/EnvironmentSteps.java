package mlops.steps.destroy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlops.azure.Azure;
import mlops.azure.ml.Workspace;
import mlops.plan.Recipe;
import mlops.profile.Profile;
import mlops.steps.bootstrap.DerivedIds;

/**
 * The steps for one environment: its jobs, endpoint, computes, its workspace, and what that stands
 * on.
 */
record EnvironmentSteps(Azure azure, Profile profile, boolean purge, KeptResources kept) {

  /**
   * Puts them into a recipe; the ids of the last ones.
   *
   * @param users the steps that take away other workspaces, which may stand on the same
   */
  List<String> addTo(Recipe.Builder recipe, Profile.Environment environment, List<String> users) {
    String env = environment.name();
    Workspace workspace = workspace(environment);
    List<String> endpoints =
        profile.target(env).map(target -> List.of(target.endpointName())).orElse(List.of());
    recipe.step("stop.jobs." + env, new StopJobsStep(workspace, azure.connection().pollInterval()));
    List<String> children = new ArrayList<>(List.of("stop.jobs." + env));
    for (String endpoint : endpoints) {
      recipe.step(
          "delete.endpoint." + env,
          new DeleteEndpointStep(workspace, endpoint),
          "stop.jobs." + env);
      children.add("delete.endpoint." + env);
    }
    recipe
        .step(
            "delete.computes." + env,
            new DeleteComputesStep(azure, workspace),
            children.toArray(String[]::new))
        .step(
            "delete.workspace." + env,
            new DeleteWorkspaceStep(azure, "workspace", workspace, purge, endpoints),
            "delete.computes." + env);
    return parts(recipe, environment, users);
  }

  Workspace workspace(Profile.Environment environment) {
    return workspace(environment.workspace());
  }

  private Workspace workspace(String name) {
    return new Workspace(azure, profile.resourceGroups().ml(), name);
  }

  /** The steps for a feature store, which is a workspace; the id of the last one. */
  String addStoreTo(Recipe.Builder recipe, String store) {
    Workspace workspace = workspace(store);
    String last = "delete.feature-store";
    recipe
        .step(
            "stop.jobs.feature-store",
            new StopJobsStep(workspace, azure.connection().pollInterval()))
        .step(
            last,
            new DeleteWorkspaceStep(azure, "feature store", workspace, purge, List.of()),
            "stop.jobs.feature-store");
    return last;
  }

  private DerivedIds ids(Profile.Environment environment) {
    return new DerivedIds(azure, profile.resourceGroups().ml(), environment.workspace());
  }

  /** The ids of all resources of an environment. */
  List<String> resources(Profile.Environment environment) {
    DerivedIds ids = ids(environment);
    return List.of(
        ids.workspaceId(), ids.storageId(), ids.keyVaultId(), ids.insightsId(), ids.logsId());
  }

  /** What the workspace stands on, as bootstrap named it. */
  private List<String> parts(
      Recipe.Builder recipe, Profile.Environment environment, List<String> users) {
    String env = environment.name();
    DerivedIds ids = ids(environment);
    kept.add(ids.logsId(), new KeptResources.Needed(ids.insightsId()));
    if (!purge) {
      String why = "%s needs it when it is recovered".formatted(environment.workspace());
      List.of(ids.storageId(), ids.keyVaultId(), ids.insightsId()).forEach(i -> kept.add(i, why));
    }
    String[] after =
        Stream.concat(Stream.of("delete.workspace." + env), users.stream()).toArray(String[]::new);
    recipe
        .step(
            "delete.workspace-storage." + env,
            part("storage account", ids.storageId(), DerivedIds.STORAGE_API, ""),
            after)
        .step(
            "delete.key-vault." + env,
            new DeleteVaultStep(azure, ids.keyVaultId(), profile.location(), kept),
            after)
        .step(
            "delete.app-insights." + env,
            part("Application Insights", ids.insightsId(), DerivedIds.INSIGHTS_API, ""),
            after)
        .step(
            "delete.log-analytics." + env,
            part("Log Analytics", ids.logsId(), DerivedIds.LOGS_API, "force=true"),
            "delete.app-insights." + env);
    return List.of(
        "delete.workspace-storage." + env,
        "delete.key-vault." + env,
        "delete.log-analytics." + env);
  }

  private DeleteResourceStep part(String what, String id, String apiVersion, String query) {
    String title = what + " " + id.substring(id.lastIndexOf('/') + 1);
    return new DeleteResourceStep(
        azure, new DeleteResourceStep.Target(title, id, apiVersion, query, ""), kept);
  }
}
