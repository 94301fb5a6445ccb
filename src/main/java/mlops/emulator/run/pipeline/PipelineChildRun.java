package mlops.emulator.run.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import mlops.emulator.run.batch.ParallelRun;
import mlops.emulator.run.feature.FeatureRetrieval;
import mlops.emulator.run.job.BindingValues;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.ExecutionLog;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.LogPublisher;
import mlops.emulator.run.job.TaskReader;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.OutputTarget;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.run.spark.SparkRun;
import mlops.emulator.run.sweep.SweepRun;
import mlops.emulator.run.sweep.SweepStep;

/**
 * Runs one child of a pipeline: a command, a sweep, a parallel step, a Spark program, a pipeline.
 */
final class PipelineChildRun {
  private final Job job;
  private final Pipeline pipeline;
  private final ExecutionLog log;

  PipelineChildRun(Job job, Pipeline pipeline, ExecutionLog log) {
    this.job = job;
    this.pipeline = pipeline;
    this.log = log;
  }

  /**
   * Runs the child to its end.
   *
   * @param results the outputs of the children that have ended
   * @return the outputs
   */
  Map<String, InputValue.Data> execute(
      String name,
      JsonNode node,
      RunRecord run,
      Map<String, Map<String, InputValue.Data>> results) {
    boolean sweep = SweepStep.isOne(node);
    JsonNode spec = sweep ? SweepStep.component(job, node) : job.assets().component(node);
    BindingValues bindings = new BindingValues(pipeline.inputs(), results);
    Map<String, InputValue> inputs =
        TaskReader.inputs(node, sweep ? SweepStep.untried(spec, node) : spec, bindings);
    Map<String, OutputTarget> outputs = TaskReader.outputs(node, spec, pipeline.targets());
    String type = sweep ? "sweep" : type(spec);
    run.update(r -> ChildView.show(r, node, spec, type));
    run.update(r -> CommandRun.show(r, inputs));
    String compute = job.computes().id(pipeline.compute(node));
    if (type.equals("pipeline")) {
      Pipeline nested = pipeline.nested(spec, inputs, outputs, compute);
      return new PipelineRun(job, nested, run, log).execute();
    }
    CommandTask task = task(name, type, node, spec, inputs, outputs).on(compute);
    JsonNode[] settings =
        type.equals("command") ? new JsonNode[0] : new JsonNode[] {node, spec}; // beside the task
    return reused(task, settings, run, () -> work(type, node, spec, task, run));
  }

  private static CommandTask task(
      String name,
      String type,
      JsonNode node,
      JsonNode spec,
      Map<String, InputValue> inputs,
      Map<String, OutputTarget> outputs) {
    return switch (type) {
      case "command" -> TaskReader.node(node, spec, inputs, outputs);
      case "sweep" -> SweepStep.task(node, spec, inputs, outputs);
      case "spark" -> SparkRun.task(node, spec, inputs, outputs);
      case "parallel" -> ParallelRun.task(node, spec, inputs, outputs);
      default ->
          throw new JobFailure(
              "NotImplemented",
              "Job '%s' is of type '%s', which the embedded Azure does not run yet."
                  .formatted(name, type));
    };
  }

  private Map<String, InputValue.Data> work(
      String type, JsonNode node, JsonNode spec, CommandTask task, RunRecord run) {
    return switch (type) {
      case "sweep" -> SweepRun.ofStep(job, node, task, run);
      case "spark" ->
          FeatureRetrieval.isOne(node)
              ? FeatureRetrieval.ofStep(job, task, run)
              : SparkRun.ofStep(job, node, spec, task, run);
      case "parallel" -> ParallelRun.ofStep(job, node, spec, task, run);
      default -> new CommandRun(job, task, run).execute();
    };
  }

  private static String type(JsonNode spec) {
    String type = JobFields.text(spec, "type");
    return type.isEmpty() ? spec.has("jobs") ? "pipeline" : "command" : type;
  }

  /**
   * The results of an earlier run that was the same, else those of this one.
   *
   * @param settings what decides about it besides its task
   */
  private Map<String, InputValue.Data> reused(
      CommandTask task,
      JsonNode[] settings,
      RunRecord run,
      Supplier<Map<String, InputValue.Data>> work) {
    if (!task.deterministic()) {
      return work.get();
    }
    ReusableRuns reuse = new ReusableRuns(job, job.computes().actor(task));
    String key = reuse.key(task, settings);
    Optional<ObjectNode> earlier = pipeline.rerun() ? Optional.empty() : reuse.find(key);
    if (earlier.isPresent()) {
      String from = earlier.get().path("runId").asText();
      String said =
          "Reused the results of run %s: its command, code, environment and inputs are the same. force_rerun in the settings of the pipeline runs it again."
              .formatted(from);
      log.say("Run %s: %s".formatted(run.runId(), said));
      LogPublisher.line(job, run, said);
      return ReusableRuns.take(run, earlier.get());
    }
    Map<String, InputValue.Data> outputs = work.get();
    reuse.remember(key, run);
    return outputs;
  }
}
