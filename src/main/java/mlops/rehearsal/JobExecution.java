package mlops.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.IdTokens;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStatus;
import mlops.emulator.github.actions.RunStep;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.actions.WorkflowRuns;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.record.JobCanceled;
import mlops.rehearsal.host.RunnerHost;
import mlops.rehearsal.log.JobLog;
import mlops.rehearsal.log.Masks;
import mlops.workflow.Condition;
import mlops.workflow.Workflow;
import mlops.workflow.WorkflowJob;
import mlops.workflow.WorkflowStep;
import mlops.workflow.expression.Contexts.Progress;

/** One job from its first step to its last. */
final class JobExecution {
  /** How long GitHub lets a job that was canceled go on. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** How long somebody waits who has pressed Ctrl-C. */
  private static final Duration HASTE = Duration.ofSeconds(15);

  private final RunnerHost host;
  private final WorkflowRuns runs;
  private final WorkflowRun run;
  private final WorkflowJob job;
  private final RunJob shown;
  private final RunListener listener;
  private final JobState state;
  private final JobLog log;
  private final Map<String, String> variables;
  private final Instant end;
  private int at;

  /**
   * @param shown the job as the run has it
   * @param needs what the jobs before it left
   */
  JobExecution(
      RunnerHost host,
      WorkflowRun run,
      Workflow workflow,
      WorkflowJob job,
      RunJob shown,
      JobValues values,
      ObjectNode needs,
      RunListener listener) {
    this.host = host;
    this.runs = host.actions().runs();
    this.run = run;
    this.job = job;
    this.shown = shown;
    this.listener = listener;
    host.folders().renew();
    RunFacts facts = new RunFacts(host, run);
    Masks masks = new Masks();
    masks.hide(values.hidden());
    this.log =
        new JobLog(
            runs.log(host.repository(), run.number(), shown.number()),
            step -> runs.log(host.repository(), run.number(), shown.number(), step),
            host.clock(),
            masks,
            annotation -> change(j -> j.with(annotation)));
    this.state = new JobState(contexts(facts, values, needs));
    this.variables = facts.variables(job.id());
    state.putEnv(Map.of("PATH", host.path()));
    state.addEnv(workflow.env());
    state.addEnv(job.env());
    if (workflow.permissions(job).hasIdToken()) {
      offerTokens(masks);
    }
    this.end = host.clock().instant().plus(Duration.ofMinutes(job.timeoutMinutes()));
  }

  private Map<String, JsonNode> contexts(RunFacts facts, JobValues values, ObjectNode needs) {
    Map<String, JsonNode> contexts = new LinkedHashMap<>();
    contexts.put("github", facts.context(job.id()));
    contexts.put("runner", facts.runner());
    contexts.put("vars", values.variables());
    contexts.put("secrets", values.secrets());
    contexts.put("needs", needs);
    contexts.put("inputs", facts.inputs());
    return contexts;
  }

  private void offerTokens(Masks masks) {
    IdTokens tokens = host.actions().idTokens();
    String secret = tokens.requestToken(host.repository(), run.number(), shown.number());
    masks.hide(List.of(secret));
    variables.put("ACTIONS_ID_TOKEN_REQUEST_TOKEN", secret);
    variables.put(
        "ACTIONS_ID_TOKEN_REQUEST_URL",
        tokens.requestUrl(host.repository(), run.number(), shown.number()));
  }

  JobEnd run() {
    List<RunStep> steps = new ArrayList<>();
    RunStep setUp = new RunStep(1, "Set up job", RunStatus.QUEUED, null, null, null);
    steps.add(setUp.started(runs.now()).completed(Conclusion.SUCCESS, runs.now()));
    for (WorkflowStep step : job.steps()) {
      steps.add(new RunStep(steps.size() + 1, name(step), RunStatus.QUEUED, null, null, null));
    }
    change(j -> j.named(j.name(), j.environment(), steps).with(RunStatus.IN_PROGRESS, runs.now()));
    log.enter(setUp.number());
    log.say("Job %s on the runner of mlops".formatted(job.id()));
    List<RunStep> ofFile = steps.subList(1, steps.size());
    String reason = stepsUntilCanceled(ofFile);
    if (state.progress() == Progress.CANCELLED) {
      afterwards(ofFile);
      return JobEnd.without(Conclusion.CANCELLED, "canceled");
    }
    return ended(reason);
  }

  /** Does the steps one after the other; why the first one failed that did, or nothing. */
  private String stepsUntilCanceled(List<RunStep> steps) {
    String reason = "";
    try (JobControl control = new JobControl(() -> host.isCanceled(run.number()))) {
      StepExecution work = new StepExecution(host, run, shown, log, state, variables, control, end);
      for (; at < steps.size(); at++) {
        control.look();
        if (control.isCanceled()) {
          cancel();
          return reason;
        }
        String why = run(work, job.steps().get(at), steps.get(at));
        reason = reason.isEmpty() ? why : reason;
      }
    } catch (JobCanceled e) {
      RunStep step = steps.get(at);
      change(j -> j.with(step.started(runs.now()).completed(Conclusion.CANCELLED, runs.now())));
      state.ended(job.steps().get(at).id(), Conclusion.CANCELLED, false, Map.of());
      listener.stepEnded(shown, step, Conclusion.CANCELLED, Duration.ZERO);
      at++;
      cancel();
    }
    return reason;
  }

  private void cancel() {
    state.canceled();
    log.fail("The operation was canceled.");
  }

  /** What is to be done in any case, {@code if: always()} or {@code cancelled()}, is still done. */
  private void afterwards(List<RunStep> steps) {
    Duration grace = host.interrupted().getAsBoolean() ? HASTE : GRACE;
    Instant last = host.clock().instant().plus(grace);
    try (JobControl control = new JobControl(() -> false)) {
      StepExecution work =
          new StepExecution(host, run, shown, log, state, variables, control, last);
      for (; at < steps.size(); at++) {
        run(work, job.steps().get(at), steps.get(at));
      }
    }
  }

  private JobEnd ended(String reason) {
    if (state.progress() != Progress.SUCCESS) {
      return new JobEnd(Conclusion.FAILURE, reason, log.tail(), Map.of());
    }
    Map<String, String> outputs = new LinkedHashMap<>();
    job.outputs().forEach((name, text) -> leave(outputs, name, text.text(state.contexts())));
    return new JobEnd(Conclusion.SUCCESS, "", List.of(), outputs);
  }

  /** What holds a secret goes to no other job. */
  private void leave(Map<String, String> outputs, String name, String value) {
    if (log.masks().masked(value).equals(value)) {
      outputs.put(name, value);
    } else {
      log.say("##[warning]Skip output '%s' since it may contain secret.".formatted(name));
    }
  }

  /** Does a step; why it failed, or nothing. */
  private String run(StepExecution work, WorkflowStep step, RunStep shownStep) {
    if (!Condition.holds(step.condition(), state.contexts())) {
      change(j -> j.with(shownStep.completed(Conclusion.SKIPPED, runs.now())));
      state.ended(step.id(), Conclusion.SKIPPED, false, Map.of());
      return "";
    }
    Instant start = host.clock().instant();
    RunStep started = shownStep.started(runs.now());
    change(j -> j.with(started));
    log.enter(started.number());
    String failure = work.run(step);
    Conclusion how = failure.isEmpty() ? Conclusion.SUCCESS : Conclusion.FAILURE;
    Conclusion shownAs = step.continueOnError() ? Conclusion.SUCCESS : how;
    change(j -> j.with(started.completed(shownAs, runs.now())));
    listener.stepEnded(shown, started, how, Duration.between(start, host.clock().instant()));
    keepSummary(work);
    return failure.isEmpty() || step.continueOnError()
        ? ""
        : "%s: %s".formatted(shownStep.name(), failure);
  }

  private void keepSummary(StepExecution work) {
    if (!work.summary().isEmpty()) {
      try {
        Files.write(
            runs.folder(host.repository(), run.number()).resolve("summary-" + job.id() + ".md"),
            work.summary().stream().map(log.masks()::masked).toList(),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String name(WorkflowStep step) {
    return step.name().map(n -> n.text(state.contexts())).orElseGet(step::usualName);
  }

  private void change(UnaryOperator<RunJob> change) {
    runs.change(host.repository(), run.number(), job.id(), change);
  }
}
