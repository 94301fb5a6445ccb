package mlops.emulator.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.http.Json;
import mlops.emulator.ml.job.RunMetrics;
import mlops.emulator.ml.resource.MlPaths;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobCanceled;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.RunRecord;

/** One trial of a sweep: a command with parameters, as a run of its own that may end early. */
final class SweepTrial {
  private final Job job;
  private final RunRecord run;
  private final CommandTask task;
  private final Map<String, JsonNode> parameters;
  private final JobControl control;
  private volatile List<Double> values = List.of();
  private volatile boolean over;
  private volatile Optional<JobFailure> failure = Optional.empty();
  private volatile Optional<Map<String, InputValue.Data>> outputs = Optional.empty();

  SweepTrial(Job job, RunRecord run, CommandTask task, Map<String, JsonNode> parameters) {
    this.parameters = parameters;
    this.job = job;
    this.run = run;
    this.task = task;
    this.control = new JobControl(job.control()::isCanceled);
  }

  /** Writes its run, with its parameters as the tag that Azure gives it. */
  void create(String parent) {
    ObjectNode json = Json.object();
    parameters.forEach(json::set);
    run.createTrial(
        job.id().name(),
        parent,
        r -> {
          r.put("experimentName", job.experiment()).put("compute", MlPaths.name(task.compute()));
          r.withObject("tags").put("hyperparameters", json.toString());
          ObjectNode shown = r.putObject("job").put("jobType", "Command");
          shown.put("command", task.command()).set("environmentId", task.environment());
          JobFields.reference(shown, "environmentId").ifPresent(e -> shown.put("environmentId", e));
          CommandRun.show(r, task.inputs());
        });
  }

  /** Runs it to its end, however it ends. */
  void execute() {
    try (control) {
      outputs =
          Optional.of(run.during(() -> new CommandRun(job.under(control), task, run).execute()));
    } catch (JobFailure e) {
      failure = Optional.of(e);
    } catch (JobCanceled e) {
      job.control().check(); // else only this trial is to end
    } finally {
      over = true;
    }
  }

  /** Ends it; the others go on. */
  void end() {
    control.cancel();
  }

  /** Looks what it has logged by now. */
  void look(String metric) {
    control.look();
    values =
        new RunMetrics(job.services().state())
            .numbers(job.id().workspace(), id(), metric).stream()
                .map(point -> point.path(RunMetrics.VALUE).asDouble())
                .toList();
  }

  boolean isOver() {
    return over;
  }

  /** Whether its command runs longer than this. */
  boolean isLongerThan(Duration most, Instant now) {
    JsonNode start = run.read().path("startTimeUtc");
    return start.isTextual() && Instant.parse(start.asText()).plus(most).isBefore(now);
  }

  String id() {
    return run.runId();
  }

  String status() {
    return run.status();
  }

  Map<String, JsonNode> parameters() {
    return parameters;
  }

  List<Double> values() {
    return values;
  }

  Optional<JobFailure> failure() {
    return failure;
  }

  /** What it made; empty unless it completed. */
  Optional<Map<String, InputValue.Data>> outputs() {
    return outputs;
  }
}
