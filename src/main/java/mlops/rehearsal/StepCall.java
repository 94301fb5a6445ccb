package mlops.rehearsal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.rehearsal.host.RunnerHost;
import mlops.rehearsal.log.CommandFiles;
import mlops.rehearsal.log.JobLog;
import mlops.rehearsal.log.StepFailure;
import mlops.workflow.expression.Contexts;

/**
 * A step that is to be done now.
 *
 * @param inputs of an action, evaluated
 * @param variables all that its processes get
 * @param outputs where it leaves what later steps ask for
 */
record StepCall(
    RunnerHost host,
    WorkflowRun run,
    RunJob job,
    StepProcess processes,
    JobLog log,
    CommandFiles files,
    Contexts contexts,
    Map<String, String> inputs,
    Map<String, String> variables,
    Map<String, String> outputs,
    Duration limit) {

  String input(String name, String otherwise) {
    String given = inputs.getOrDefault(name, "").strip();
    return given.isEmpty() ? otherwise : given;
  }

  /** Runs a command in the workspace; a failure of it is one of the step. */
  void require(List<String> command) {
    int code = processes.run(command, workspace(), variables, limit);
    if (code != 0) {
      throw new StepFailure("Process completed with exit code %d.".formatted(code));
    }
  }

  Path workspace() {
    return host.folders().workspace();
  }

  /** Refuses inputs that this way to do an action does not know. */
  void allow(String... names) {
    for (String name : new LinkedHashMap<>(inputs).keySet()) {
      if (!List.of(names).contains(name)) {
        throw new StepFailure(
            "The input %s of this action is not supported in a rehearsal; supported are: %s"
                .formatted(name, String.join(", ", names)));
      }
    }
  }
}
