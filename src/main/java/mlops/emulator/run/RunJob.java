package mlops.emulator.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import mlops.emulator.run.batch.BatchJob;
import mlops.emulator.run.batch.BatchRun;
import mlops.emulator.run.data.BlobLocation;
import mlops.emulator.run.data.DataLocations;
import mlops.emulator.run.data.JobReferences;
import mlops.emulator.run.data.JobStorage;
import mlops.emulator.run.data.OutputCollection;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.ComputeClusters;
import mlops.emulator.run.job.ExecutionLog;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.LogPublisher;
import mlops.emulator.run.job.Pipeline;
import mlops.emulator.run.job.PipelineRun;
import mlops.emulator.run.job.RunSlots;
import mlops.emulator.run.job.Task;
import mlops.emulator.run.job.TaskReader;
import mlops.emulator.run.process.DaemonThreads;
import mlops.emulator.run.process.JobControl;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.process.Machine;
import mlops.emulator.run.process.ShellSafePath;
import mlops.emulator.run.python.Environments;
import mlops.emulator.run.python.VirtualEnvironments;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.run.record.JobHosts;
import mlops.emulator.run.record.JobId;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.run.record.RunnerServices;

/** Runs one job from its documents to its end, in the calling thread. */
public final class RunJob {
  private final RunnerServices workshop;
  private final JobHosts attendance;

  public RunJob(RunnerServices workshop) {
    this.workshop = workshop;
    this.attendance = new JobHosts(workshop.state());
  }

  /** Runs the job of this ARM id; how it ended is in its run document. */
  public void run(String jobId) {
    JobId id = new JobId(jobId);
    attendance.claim(id, ProcessHandle.current());
    RunRecord run = workshop.run(id, id.name());
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(DaemonThreads.daemon("job clock"));
    try (ShellSafePath folder = ShellSafePath.to(workshop.folder(id))) {
      Files.createDirectories(workshop.folder(id));
      if (!RunRecord.hasEnded(run.read())) {
        run(job(id, folder.path(), clock), run);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      clock.shutdownNow();
      JobFolder.delete(workshop.folder(id));
      attendance.release(id);
    }
  }

  private Job job(JobId id, Path folder, ScheduledExecutorService clock) {
    ObjectNode properties =
        workshop.state().read(id.id()).orElseThrow().withObjectProperty("properties");
    Machine machine = Machine.probe();
    ComputeClusters computes = new ComputeClusters(workshop.state());
    JobControl control = new JobControl(() -> attendance.isCancelAsked(id));
    String datastore =
        JobFields.text(properties.path("settings"), "default_datastore", "defaultDatastore");
    return new Job(
        id,
        folder,
        properties,
        workshop,
        machine,
        control,
        new DataLocations(workshop.state()),
        computes,
        new JobStorage(workshop),
        environments(id),
        new RunSlots(computes),
        datastore.isEmpty() ? "workspaceblobstore" : datastore.replaceFirst("^azureml:", ""),
        clock);
  }

  private Environments environments(JobId id) {
    return new Environments(
        new JobReferences(workshop.state()),
        id.workspace(),
        new VirtualEnvironments(workshop.cache()));
  }

  private static void run(Job job, RunRecord run) {
    ScheduledFuture<?> looking =
        job.clock().scheduleWithFixedDelay(job.control()::look, 100, 100, TimeUnit.MILLISECONDS);
    try {
      job.control().look();
      job.control().check();
      Map<String, InputValue.Data> outputs = outputs(job, run);
      run.end(
          RunRecord.COMPLETED,
          r -> outputs.forEach((name, o) -> OutputCollection.show(r, name, o)));
    } catch (JobFailure e) {
      run.fail(e.code(), e.message());
    } catch (JobControl.Canceled e) {
      run.end(RunRecord.CANCELED, r -> {});
    } catch (RuntimeException | Error e) {
      run.fail("InternalError", "The embedded Azure failed to run the job: " + e);
      throw e;
    } finally {
      looking.cancel(false);
    }
  }

  private static Map<String, InputValue.Data> outputs(Job job, RunRecord run) {
    Optional<ObjectNode> batch = job.workshop().state().read(job.id().batch());
    if (batch.isPresent()) {
      return batch(job, run, batch.get());
    }
    String type = JobFields.text(job.properties(), "jobType");
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "pipeline" -> pipeline(job, run);
      case "command" -> command(job, run);
      default ->
          throw new JobFailure(
              "NotImplemented",
              "The embedded Azure does not run jobs of type '%s' yet.".formatted(type));
    };
  }

  private static Map<String, InputValue.Data> batch(Job job, RunRecord run, ObjectNode invocation) {
    BatchJob batch = BatchJob.of(job, invocation);
    RunRecord child = job.workshop().run(job.id(), UUID.randomUUID().toString());
    child.create(
        job.id().name(),
        run.runId(),
        BatchRun.CHILD,
        r -> r.put("experimentName", job.experiment()));
    return new BatchRun(job, batch, run, child).execute();
  }

  private static Map<String, InputValue.Data> command(Job job, RunRecord run) {
    Task task = TaskReader.command(job.properties());
    run.update(r -> CommandRun.show(r, task.inputs()));
    String compute = job.computes().id(job.id().workspace(), task.compute());
    return new CommandRun(job, task.on(compute), run).execute();
  }

  private static Map<String, InputValue.Data> pipeline(Job job, RunRecord run) {
    Pipeline pipeline = Pipeline.of(job.properties());
    run.update(r -> CommandRun.show(r, pipeline.inputs()));
    JobFolder folder = JobFolder.make(job.folder().resolve("pipeline"));
    ExecutionLog log = new ExecutionLog(folder.root().resolve("log"), job.workshop().clock());
    BlobLocation artifacts =
        LogPublisher.artifacts(job.locations(), job.id().workspace(), job.id().name());
    LogPublisher publisher =
        new LogPublisher(job.workshop().blobs(), artifacts, log.file(), ExecutionLog.NAME, run);
    ScheduledFuture<?> watched = job.everyHalfSecond(publisher::publish);
    try {
      return new PipelineRun(job, pipeline, run, log).execute();
    } finally {
      watched.cancel(false);
      publisher.publish();
    }
  }
}
