package mlops.cli.rehearsal;

import java.io.PrintWriter;
import java.util.List;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStatus;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.error.MlopsException;
import mlops.rehearsal.host.RunnerHost;
import mlops.workflow.Workflow;
import mlops.workflow.WorkflowJob;

/** Runs that somebody started by GitHub's API, and that no runner has taken yet. */
final class DispatchedRuns {

  static WorkflowRun find(RunnerHost host, Workflow workflow, long number) {
    WorkflowRun run =
        host.actions()
            .runs()
            .find(host.repository(), number)
            .filter(r -> r.status() == RunStatus.QUEUED)
            .orElseThrow(
                () ->
                    MlopsException.invalid(
                        "No run %d of %s waits for a runner"
                            .formatted(number, host.repository().fullName()),
                        "mlops local exec -- gh run list -R %s shows those that there are."
                            .formatted(host.repository().fullName())));
    List<String> asked = run.jobs().stream().map(RunJob::key).toList();
    List<String> there = workflow.jobs().stream().map(WorkflowJob::id).toList();
    if (!asked.equals(there)) {
      throw MlopsException.invalid(
          "The run %d has the jobs %s, and the file has %s"
              .formatted(number, String.join(", ", asked), String.join(", ", there)),
          "Run the file as it is now: leave out --run.");
    }
    return run;
  }

  /** Says which others wait, for nobody runs them by himself. */
  static void tell(RunnerHost host, long number, PrintWriter err) {
    for (WorkflowRun run : host.actions().runs().all(host.repository())) {
      if (run.status() == RunStatus.QUEUED && run.number() != number) {
        err.println(
            "run %d of %s waits for a runner, too: mlops github rehearse --run %d --repo %s"
                .formatted(
                    run.number(),
                    run.workflow().path(),
                    run.number(),
                    host.repository().fullName()));
      }
    }
    err.flush();
  }

  private DispatchedRuns() {}
}
