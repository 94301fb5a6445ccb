package mlops.emulator.run.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.run.batch.ParallelRun;
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
    return switch (type) {
      case "pipeline" ->
          new PipelineRun(job, pipeline.nested(spec, inputs, outputs, compute), run, log).execute();
      case "sweep" ->
          SweepRun.ofStep(job, node, SweepStep.task(node, spec, inputs, outputs).on(compute), run);
      case "spark" -> SparkRun.ofStep(job, node, spec, inputs, outputs, compute, run);
      case "parallel" -> ParallelRun.ofStep(job, node, spec, inputs, outputs, compute, run);
      case "command" -> command(TaskReader.node(node, spec, inputs, outputs).on(compute), run);
      default ->
          throw new JobFailure(
              "NotImplemented",
              "Job '%s' is of type '%s', which the embedded Azure does not run yet."
                  .formatted(name, type));
    };
  }

  private static String type(JsonNode spec) {
    String type = JobFields.text(spec, "type");
    return type.isEmpty() ? spec.has("jobs") ? "pipeline" : "command" : type;
  }

  private Map<String, InputValue.Data> command(CommandTask task, RunRecord run) {
    if (!task.deterministic()) {
      return new CommandRun(job, task, run).execute();
    }
    ReusableRuns reuse = new ReusableRuns(job, job.computes().actor(task));
    String key = reuse.key(task);
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
    Map<String, InputValue.Data> outputs = new CommandRun(job, task, run).execute();
    reuse.remember(key, run);
    return outputs;
  }
}
