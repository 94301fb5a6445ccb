package mlops.rehearsal;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.record.JobFailure;
import mlops.rehearsal.host.RunnerHost;
import mlops.rehearsal.log.CommandFiles;
import mlops.rehearsal.log.JobLog;
import mlops.rehearsal.log.StepFailure;
import mlops.workflow.ExpressionText;
import mlops.workflow.StepWork;
import mlops.workflow.WorkflowStep;
import mlops.workflow.expression.Contexts;
import mlops.workflow.expression.IllegalExpression;

/** Does the steps of one job, each with what those before it left. */
final class StepExecution {
  private final RunnerHost host;
  private final WorkflowRun run;
  private final RunJob job;
  private final JobLog log;
  private final JobState state;
  private final Map<String, String> variables;
  private final JobControl control;
  private final Instant end;
  private List<String> summary = List.of();

  StepExecution(
      RunnerHost host,
      WorkflowRun run,
      RunJob job,
      JobLog log,
      JobState state,
      Map<String, String> variables,
      JobControl control,
      Instant end) {
    this.host = host;
    this.run = run;
    this.job = job;
    this.log = log;
    this.state = state;
    this.variables = variables;
    this.control = control;
    this.end = end;
  }

  /** Does a step; why it failed, or nothing. */
  String run(WorkflowStep step) {
    CommandFiles files = new CommandFiles(host.folders().temporary().resolve("_commands"));
    Map<String, String> outputs = new LinkedHashMap<>();
    String failure = "";
    Map<String, String> told = files.variables();
    try {
      StepCall call = call(step, files, told, outputs);
      if (step.work() instanceof StepWork.Script script) {
        Scripts.run(script, call);
      } else if (step.work() instanceof StepWork.Action action) {
        log.say("##[group]Run " + action.uses());
        log.say("##[endgroup]");
        KnownAction.named(action.uses().name()).orElseThrow().run(call);
      }
    } catch (StepFailure e) {
      failure = e.message();
    } catch (IllegalExpression e) {
      failure = e.message();
    } catch (JobFailure e) {
      failure = e.words();
    }
    failure = failure.isEmpty() ? take(files, outputs) : failure;
    if (!failure.isEmpty()) {
      log.fail(failure);
    }
    Conclusion how = failure.isEmpty() ? Conclusion.SUCCESS : Conclusion.FAILURE;
    state.ended(step.id(), how, step.continueOnError(), outputs);
    return failure;
  }

  /** What the last step wrote for people to read. */
  List<String> summary() {
    return summary;
  }

  private StepCall call(
      WorkflowStep step,
      CommandFiles files,
      Map<String, String> told,
      Map<String, String> outputs) {
    Map<String, String> env = new LinkedHashMap<>(state.env());
    step.env().forEach((name, text) -> env.put(name, text.text(state.contexts())));
    Contexts contexts = state.contexts(env);
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.putAll(env);
    all.putAll(told);
    return new StepCall(
        host,
        run,
        job,
        new StepProcess(host, control, log),
        log,
        files,
        contexts,
        inputs(step, contexts),
        all,
        outputs,
        limit(step));
  }

  private static Map<String, String> inputs(WorkflowStep step, Contexts contexts) {
    Map<String, String> inputs = new LinkedHashMap<>();
    if (step.work() instanceof StepWork.Action action) {
      for (Map.Entry<String, ExpressionText> input : action.inputs().entrySet()) {
        inputs.put(input.getKey(), input.getValue().text(contexts));
      }
    }
    return inputs;
  }

  private Duration limit(WorkflowStep step) {
    Duration left = Duration.between(host.clock().instant(), end);
    Duration own = step.timeoutMinutes().map(Duration::ofMinutes).orElse(left);
    return own.compareTo(left) < 0 ? own : left;
  }

  /** Takes what the step left in its files; what is wrong with them, or nothing. */
  private String take(CommandFiles files, Map<String, String> outputs) {
    try {
      state.putEnv(files.env());
      outputs.putAll(files.outputs());
      for (String folder : files.path()) {
        String path = state.env().getOrDefault("PATH", "");
        state.putEnv(Map.of("PATH", folder + File.pathSeparator + path));
      }
      summary = files.summary();
      return "";
    } catch (StepFailure e) {
      return e.message();
    }
  }
}
