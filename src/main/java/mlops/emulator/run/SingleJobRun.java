package mlops.emulator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import mlops.emulator.ml.workspace.DefaultDatastores;
import mlops.emulator.run.batch.BatchRun;
import mlops.emulator.run.data.BuildContexts;
import mlops.emulator.run.data.DataLocations;
import mlops.emulator.run.data.JobStorage;
import mlops.emulator.run.data.WorkspaceAssets;
import mlops.emulator.run.endpoint.JobEndpoint;
import mlops.emulator.run.feature.MaterializationRun;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.ComputeClusters;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.RunSlots;
import mlops.emulator.run.pipeline.PipelineRun;
import mlops.emulator.run.process.DaemonThreads;
import mlops.emulator.run.process.HostLog;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.process.ShellSafePath;
import mlops.emulator.run.python.Environments;
import mlops.emulator.run.python.VirtualEnvironments;
import mlops.emulator.run.python.build.Interpreters;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobCanceled;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.JobOwnership;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.run.record.RunnerServices;
import mlops.emulator.run.record.RunnerSettings;
import mlops.emulator.run.spark.SparkRun;
import mlops.emulator.run.sweep.SweepRun;
import mlops.emulator.state.Folders;

/** Runs one job from its documents to its end, in the calling thread. */
public final class SingleJobRun {
  private final RunnerServices services;
  private final JobOwnership hosts;

  public SingleJobRun(RunnerServices services) {
    this.services = services;
    this.hosts = new JobOwnership(services.state());
  }

  /** Runs the job of this ARM id; how it ended is in its run document. */
  public void run(String jobId) {
    JobId id = new JobId(jobId);
    hosts.hosting(id, () -> run(id));
  }

  private void run(JobId id) {
    RunRecord run = services.run(id, id.name());
    try {
      if (!RunRecord.hasEnded(run.read())) {
        run.during(() -> work(id, run));
      }
    } catch (JobFailure | JobCanceled e) {
      if (e instanceof JobFailure failure && failure.isInternal()) {
        throw e; // its run says so, but not where in our code
      }
    } catch (UncheckedIOException e) { // an end that could not be written
      new LostJob(services, hosts, id).end(", saying: " + e.getMessage());
    } finally {
      Folders.delete(services.folder(id));
    }
    HostLog.of(services.folder(id)).delete();
  }

  private Map<String, InputValue.Data> work(JobId id, RunRecord run) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.daemon("job clock"));
    try (ShellSafePath folder = ShellSafePath.to(services.folder(id));
        JobEndpoint endpoint = JobEndpoint.open(services, id);
        JobControl control = new JobControl(() -> isToEnd(id))) {
      Files.createDirectories(services.folder(id));
      Job job = job(id, folder.path(), control, endpoint, clock);
      ScheduledFuture<?> looking = job.every(Duration.ofMillis(100), control::look);
      control.look();
      control.check();
      job.storage().requireLaid(job.properties());
      Map<String, InputValue.Data> outputs = outputs(job, run);
      looking.cancel(false);
      return outputs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      clock.shutdownNow();
    }
  }

  /** Somebody cancels it, or deletes it with its workspace. */
  private boolean isToEnd(JobId id) {
    return hosts.isCancelAsked(id) || !services.state().exists(id.run(id.name()));
  }

  private Job job(
      JobId id,
      Path folder,
      JobControl control,
      JobEndpoint endpoint,
      ScheduledExecutorService clock)
      throws IOException {
    ObjectNode properties =
        services
            .state()
            .read(id.id())
            .orElseThrow(() -> JobFailure.user("The job was deleted before it ran."))
            .withObjectProperty("properties");
    WorkspaceAssets assets = new WorkspaceAssets(services.references(), id.workspace());
    ComputeClusters computes = new ComputeClusters(services.state(), id);
    DataLocations locations = new DataLocations(services.state(), assets, id.workspace());
    JobStorage storage = new JobStorage(services);
    String datastore =
        JobFields.text(properties.path("settings"), "default_datastore", "defaultDatastore");
    return new Job(
        id,
        folder,
        properties,
        services,
        machine(id),
        control,
        assets,
        locations,
        computes,
        storage,
        new Environments(assets, new BuildContexts(locations, storage), environments()),
        new RunSlots(computes, services.state().locks()),
        endpoint,
        datastore.isEmpty() ? DefaultDatastores.BLOB : datastore.replaceFirst("^azureml:", ""),
        clock);
  }

  private VirtualEnvironments environments() {
    RunnerSettings settings = services.settings();
    return new VirtualEnvironments(
        settings.environments(), settings.match(), Interpreters.ofUser());
  }

  private Machine machine(JobId id) throws IOException {
    Path state = services.state().folder().toRealPath();
    Path environments = services.settings().environments().toAbsolutePath();
    if (environments.startsWith(state)) {
      Files.createDirectories(environments);
    }
    return Machine.probe(state, services.folder(id).toRealPath(), environments);
  }

  private static Map<String, InputValue.Data> outputs(Job job, RunRecord run) {
    Optional<ObjectNode> batch =
        job.services()
            .state()
            .read(job.id().batch())
            .filter(b -> b.has("input")); // else a pipeline
    if (batch.isPresent()) {
      return BatchRun.ofJob(job, run, batch.get());
    }
    Optional<ObjectNode> features = job.services().state().read(job.id().materialization());
    if (features.isPresent()) {
      return MaterializationRun.ofJob(job, run, features.get());
    }
    String type = JobFields.text(job.properties(), "jobType");
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "pipeline" -> PipelineRun.ofJob(job, run);
      case "command" -> CommandRun.ofJob(job, run);
      case "sweep" -> SweepRun.ofJob(job, run);
      case "spark" -> SparkRun.ofJob(job, run);
      default ->
          throw new JobFailure(
              "NotImplemented",
              "The embedded Azure does not run jobs of type '%s' yet.".formatted(type));
    };
  }
}
