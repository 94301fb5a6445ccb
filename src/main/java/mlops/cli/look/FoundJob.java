package mlops.cli.look;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mlops.azure.Lookup;
import mlops.azure.ml.ArmIds;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Workspace;
import mlops.cli.session.Session;
import mlops.error.MlopsException;
import mlops.profile.Profile;
import mlops.steps.look.JobList;
import mlops.yaml.SpellingSuggestion;

/**
 * A job by the name that a user gave, in whichever environment or feature store it is.
 *
 * @param name its id
 */
record FoundJob(Workspace workspace, String name) {

  /**
   * Looks in one environment after the other, then in the feature stores beside them.
   *
   * @throws MlopsException INVALID where the name cannot be one, FAILED where nobody has it
   */
  static FoundJob of(Session session, EnvironmentChoice environments, String given) {
    String name = ArmIds.given("the job", given);
    List<Profile.Environment> all = environments.of(session.profile());
    JobList list = new JobList(session.azure(), session.profile());
    List<Workspace> workspaces = all.stream().flatMap(e -> list.workspace(e).stream()).toList();
    for (Workspace workspace : workspaces) {
      if (has(session, workspace, name)) {
        return new FoundJob(workspace, name);
      }
    }
    List<Workspace> stores = environments.env == null ? list.featureStores() : List.of();
    for (Workspace store : stores) {
      if (has(session, store, name)) {
        return new FoundJob(store, name);
      }
    }
    List<String> names = new ArrayList<>();
    stores.forEach(store -> names.addAll(list.names(store)));
    workspaces.forEach(workspace -> names.addAll(list.names(workspace)));
    String where = String.join(", ", all.stream().map(Profile.Environment::name).toList());
    throw MlopsException.failed(
        "JobNotFound",
        "no job '%s' in %s".formatted(name, where),
        names.isEmpty()
            ? "There is no job yet: mlops train submits one."
            : SpellingSuggestion.wayOut(name, names, "mlops jobs lists them."));
  }

  private static boolean has(Session session, Workspace workspace, String name) {
    Optional<RunClient.Run> run =
        Lookup.find(() -> new RunClient(session.azure(), workspace).details(name));
    return run.isPresent();
  }
}
