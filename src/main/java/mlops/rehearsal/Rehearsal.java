package mlops.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mlops.emulator.github.actions.Conclusion;
import mlops.emulator.github.actions.DispatchInputs;
import mlops.emulator.github.actions.RegisteredInput;
import mlops.emulator.github.actions.RegisteredWorkflow;
import mlops.emulator.github.actions.RunJob;
import mlops.emulator.github.actions.RunStatus;
import mlops.emulator.github.actions.WorkflowRun;
import mlops.emulator.github.actions.WorkflowRuns;
import mlops.emulator.github.environment.DeploymentEnvironment;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.state.Folders;
import mlops.error.MlopsException;
import mlops.rehearsal.host.RunnerHost;
import mlops.rehearsal.host.SourceTree;
import mlops.workflow.Condition;
import mlops.workflow.ExpressionText;
import mlops.workflow.JobEnvironment;
import mlops.workflow.Workflow;
import mlops.workflow.WorkflowEvent;
import mlops.workflow.WorkflowJob;
import mlops.workflow.expression.Contexts;
import mlops.workflow.expression.Contexts.Progress;
import mlops.workflow.expression.IllegalExpression;

/** A run of a workflow on this machine: its jobs one after the other, each once it may. */
public final class Rehearsal {
  private final RunnerHost host;
  private final Workflow workflow;
  private final RunListener listener;
  private final EnvironmentApproval approval;
  private final WorkflowRuns runs;
  private final Map<String, JobEnd> ends = new LinkedHashMap<>();

  /**
   * @param waits for the wait timers of environments
   */
  public Rehearsal(
      RunnerHost host, Workflow workflow, ReviewDesk desk, RunListener listener, boolean waits) {
    this.host = host;
    this.workflow = workflow;
    this.listener = listener;
    this.approval = new EnvironmentApproval(host, desk, listener, waits);
    this.runs = host.actions().runs();
  }

  /**
   * A new run of the workflow, as a push of this file and its dispatch would make it.
   *
   * @param path of the file in the repository
   * @param login who starts it
   * @param given inputs of the dispatch
   * @throws MlopsException INVALID where the workflow does not take these inputs
   */
  public WorkflowRun begin(String path, String branch, String login, Map<String, String> given) {
    RegisteredWorkflow registered =
        host.actions()
            .workflows()
            .register(host.repository(), path, workflow.name(), inputs(workflow));
    DispatchInputs inputs = DispatchInputs.of(registered.inputs(), given);
    if (inputs.mistake().isPresent()) {
      throw MlopsException.invalid(inputs.mistake().get(), takes(registered.inputs()));
    }
    String commit = new SourceTree(host.source()).commit();
    return runs.start(
        host.repository(),
        registered,
        workflow.name(),
        new WorkflowRun.Trigger("workflow_dispatch", branch, commit, inputs.values()),
        login,
        workflow.jobs().stream().map(Rehearsal::job).toList());
  }

  private static WorkflowRuns.NewJob job(WorkflowJob job) {
    return new WorkflowRuns.NewJob(
        job.id(),
        job.name().map(ExpressionText::toString).orElse(job.id()),
        job.runsOn().stream().map(ExpressionText::toString).toList(),
        job.needs());
  }

  private static List<RegisteredInput> inputs(Workflow workflow) {
    return workflow
        .event("workflow_dispatch")
        .map(WorkflowEvent::inputs)
        .orElse(Map.of())
        .entrySet()
        .stream()
        .map(
            e ->
                new RegisteredInput(
                    e.getKey(),
                    e.getValue().type(),
                    e.getValue().required(),
                    e.getValue().standard(),
                    e.getValue().options()))
        .toList();
  }

  private static String takes(List<RegisteredInput> inputs) {
    String names =
        inputs.stream()
            .map(
                i ->
                    i.options().isEmpty()
                        ? i.name()
                        : i.name() + " (" + String.join(", ", i.options()) + ")")
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? "The workflow has no inputs under workflow_dispatch: leave out --input."
        : "The workflow takes --input NAME=VALUE for: " + names + ".";
  }

  /** Ends what a runner left that was killed: its processes, and its runs. */
  public void recover() {
    JobFolder.killProcesses(Objects.requireNonNull(host.root().getParent()));
    runs.all(host.repository()).stream()
        .filter(r -> r.status() == RunStatus.WAITING || r.status() == RunStatus.IN_PROGRESS)
        .forEach(r -> runs.abandon(host.repository(), r.number()));
  }

  /** Does all jobs of a run that are left to do; the run as it is then. */
  public WorkflowRun run(WorkflowRun run) {
    List<WorkflowJob> left = new ArrayList<>(workflow.jobs());
    run.jobs().stream().filter(RunJob::hasEnded).forEach(j -> ends.put(j.key(), JobEnd.of(j)));
    left.removeIf(job -> ends.containsKey(job.id()));
    Path source = host.folders().source();
    try {
      Folders.delete(source);
      new SourceTree(host.source()).copyTo(source);
      while (!left.isEmpty()) {
        WorkflowJob next =
            left.stream()
                .filter(j -> ends.keySet().containsAll(j.needs()))
                .findFirst()
                .orElseThrow();
        left.remove(next);
        end(run, next, result(run, next));
      }
    } finally {
      Folders.delete(source);
      runs.abandon(host.repository(), run.number()); // nothing is left but where this failed
    }
    return runs.find(host.repository(), run.number()).orElseThrow();
  }

  private JobEnd result(WorkflowRun run, WorkflowJob job) {
    if (host.isCanceled(run.number())) {
      return JobEnd.without(Conclusion.CANCELLED, "canceled");
    }
    try {
      return admitted(run, job);
    } catch (IllegalExpression e) {
      return JobEnd.without(Conclusion.FAILURE, e.message());
    }
  }

  private JobEnd admitted(WorkflowRun run, WorkflowJob job) {
    JobValues ofRepository = JobValues.of(host.actions(), host.repository(), Optional.empty());
    Contexts contexts = contexts(run, job, ofRepository);
    if (!Condition.holds(job.condition(), contexts)) {
      return JobEnd.without(Conclusion.SKIPPED, skipped(job, contexts));
    }
    String name = job.environment().map(JobEnvironment::name).map(n -> n.text(contexts)).orElse("");
    Optional<DeploymentEnvironment> environment = approval.environment(name);
    String title = job.name().map(n -> n.text(contexts)).orElse(job.id());
    String into = environment.isPresent() ? name : "";
    runs.change(host.repository(), run.number(), job.id(), j -> j.named(title, into, List.of()));
    Optional<JobEnd> refused = environment.flatMap(e -> approval.admit(run, job.id(), e));
    if (refused.isPresent()) {
      return refused.get();
    }
    RunJob shown =
        runs.find(host.repository(), run.number()).flatMap(r -> r.job(job.id())).orElseThrow();
    listener.jobStarted(shown);
    JobValues values = JobValues.of(host.actions(), host.repository(), environment);
    return new JobExecution(host, run, workflow, job, shown, values, needs(job), listener).run();
  }

  private static String skipped(WorkflowJob job, Contexts contexts) {
    return contexts.progress() == Progress.SUCCESS
        ? "its condition does not hold: " + job.condition().map(Condition::written).orElse("")
        : "a job that it needs did not succeed";
  }

  private Contexts contexts(WorkflowRun run, WorkflowJob job, JobValues values) {
    Map<String, JsonNode> all = new LinkedHashMap<>();
    all.put("github", new RunFacts(host, run).context(job.id()));
    all.put("vars", values.variables());
    all.put("needs", needs(job));
    all.put("inputs", new RunFacts(host, run).inputs());
    return new Contexts(all, progress(job));
  }

  private ObjectNode needs(WorkflowJob job) {
    ObjectNode needs = JsonNodeFactory.instance.objectNode();
    for (String key : job.needs()) {
      JobEnd end = end(key);
      ObjectNode need = needs.putObject(key).put("result", end.conclusion().toString());
      ObjectNode outputs = need.putObject("outputs");
      end.outputs().forEach(outputs::put);
    }
    return needs;
  }

  private Progress progress(WorkflowJob job) {
    Set<Conclusion> before = new LinkedHashSet<>();
    addBefore(job, before);
    if (before.contains(Conclusion.FAILURE)) {
      return Progress.FAILURE;
    }
    if (before.contains(Conclusion.CANCELLED)) {
      return Progress.CANCELLED;
    }
    boolean skipped =
        job.needs().stream().anyMatch(key -> end(key).conclusion() == Conclusion.SKIPPED);
    return skipped ? Progress.SKIPPED : Progress.SUCCESS;
  }

  private void addBefore(WorkflowJob job, Set<Conclusion> before) {
    for (String key : job.needs()) {
      before.add(end(key).conclusion());
      addBefore(workflow.job(key).orElseThrow(), before);
    }
  }

  private JobEnd end(String key) {
    return Optional.ofNullable(ends.get(key)).orElseThrow();
  }

  private void end(WorkflowRun run, WorkflowJob job, JobEnd end) {
    ends.put(job.id(), end);
    WorkflowRun now =
        runs.change(
            host.repository(),
            run.number(),
            job.id(),
            j ->
                j.hasEnded()
                    ? j
                    : j.completed(end.conclusion(), runs.now()).leaving(end.outputs()));
    listener.jobEnded(now.job(job.id()).orElseThrow(), end.conclusion(), end.reason(), end.tail());
  }
}
