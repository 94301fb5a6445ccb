package mlops.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.ml.JobTree;
import mlops.azure.ml.MlflowTracking;
import mlops.azure.ml.RunClient;
import mlops.azure.ml.Trial;
import mlops.azure.ml.Workspace;

/**
 * What a run that did the work of a job logged to MLflow.
 *
 * @param id the id of the run that did the work, where it is reused that of the earlier one
 * @param name what its pipeline calls it, or what the job is called
 * @param metrics the last value of each by its name, sorted; may be NaN or infinite
 * @param parameters by name, sorted
 * @param trial what it tried, where it is a trial of a sweep
 */
public record LoggedRun(
    String id,
    String name,
    Map<String, Double> metrics,
    Map<String, String> parameters,
    Optional<Trial> trial) {

  /**
   * What the runs of a job logged, in the order of the pipeline: of a command what it logged
   * itself, of a pipeline what its commands did. Runs that logged nothing are left out.
   */
  public static List<LoggedRun> of(Azure azure, Workspace workspace, String job) {
    RunClient runs = new RunClient(azure, workspace);
    MlflowTracking tracking = new MlflowTracking(azure, workspace);
    List<LoggedRun> logged = new ArrayList<>();
    for (RunClient.Run run : new JobTree(runs).leaves(runs.details(job))) {
      MlflowTracking.Logged what = tracking.logged(run.origin());
      if (!what.isEmpty()) {
        logged.add(
            new LoggedRun(
                run.origin(), run.name(), what.metrics(), what.parameters(), run.trial()));
      }
    }
    return logged;
  }
}
