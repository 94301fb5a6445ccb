package mlops.emulator.run.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.CommandTask;
import mlops.emulator.run.job.ExecutionLog;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.LogPublisher;
import mlops.emulator.run.job.TaskReader;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.sweep.Sampler;
import mlops.emulator.sweep.SweepSettings;

/** Runs a sweep: a job of its own, or a step of a pipeline. */
public final class SweepRun {
  /** The name of its log among the artifacts of the run, as on Azure. */
  private static final String LOG = "azureml-logs/hyperdrive.txt";

  private final Job job;
  private final RunRecord run;

  private SweepRun(Job job, RunRecord run) {
    this.job = job;
    this.run = run;
  }

  /** Runs a job that is a sweep. */
  public static Map<String, InputValue.Data> ofJob(Job job, RunRecord run) {
    CommandTask task = TaskReader.command(trial(job.properties()));
    run.update(r -> CommandRun.show(r, task.inputs()));
    TrialTask trial = new TrialTask(task.on(job.computes().id(task.compute())), false);
    return new SweepRun(job, run).execute(job.properties(), trial);
  }

  /** The command job that the trials of a job are, but for their parameters. */
  private static ObjectNode trial(ObjectNode properties) {
    ObjectNode trial = properties.path("trial").deepCopy();
    for (String field : new String[] {"inputs", "outputs", "identity", "computeId", "resources"}) {
      if (properties.hasNonNull(field)) {
        trial.set(field, properties.get(field));
      }
    }
    return trial;
  }

  /**
   * Runs a step of a pipeline that is a sweep.
   *
   * @param task what its trials are, by {@link SweepStep}
   */
  public static Map<String, InputValue.Data> ofStep(
      Job job, JsonNode node, CommandTask task, RunRecord run) {
    return new SweepRun(job, run).execute(node, new TrialTask(task, true));
  }

  private Map<String, InputValue.Data> execute(JsonNode definition, TrialTask task) {
    SweepSettings settings = SweepSettings.of(definition);
    SweepRecord record = new SweepRecord(run, settings.objective());
    record.begin(settings);
    run.enter("Running");
    JobFolder folder = JobFolder.make(job.folder().resolve(run.runId() + "-sweep"));
    ExecutionLog log = new ExecutionLog(folder.log(), job.services().clock());
    try (LogPublisher published = LogPublisher.of(job, run, LOG, log.file())) {
      published.start();
      TrialLimits limits =
          TrialLimits.of(definition.path("limits"), job.services().clock().instant());
      List<SweepTrial> trials = search(settings, task, limits, folder, log);
      return new BestTrial(job, task.task(), record, log).outputs(trials);
    } finally {
      folder.delete();
    }
  }

  private List<SweepTrial> search(
      SweepSettings settings,
      TrialTask task,
      TrialLimits limits,
      JobFolder folder,
      ExecutionLog log) {
    if (!settings.sampling().isBayesian()) {
      return search(settings, settings.sampler(), task, limits, log);
    }
    try (BayesianSampler optuna = new OptunaProcess(job, run.runId(), folder).start(settings)) {
      return search(settings, optuna, task, limits, log);
    }
  }

  private List<SweepTrial> search(
      SweepSettings settings,
      Sampler sampler,
      TrialTask task,
      TrialLimits limits,
      ExecutionLog log) {
    Trials trials = new Trials(job, run.runId(), settings, sampler, task, log);
    trials.search(limits);
    return trials.all();
  }
}
