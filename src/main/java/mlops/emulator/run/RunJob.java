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

/** Runs one job from its documents to its end, in the calling thread. */
public final class RunJob {
  private final Workshop workshop;
  private final Attendance attendance;

  public RunJob(Workshop workshop) {
    this.workshop = workshop;
    this.attendance = new Attendance(workshop.state());
  }

  /** Runs the job of this ARM id; how it ended is in its run document. */
  public void run(String jobId) {
    JobId id = new JobId(jobId);
    attendance.claim(id, ProcessHandle.current());
    RunRecord run = workshop.run(id, id.name());
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(Threads.daemon("job clock"));
    try (PlainPath folder = PlainPath.to(workshop.folder(id))) {
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
    Computes computes = new Computes(workshop.state());
    Control control = new Control(() -> attendance.isCancelAsked(id));
    String datastore =
        Fields.text(properties.path("settings"), "default_datastore", "defaultDatastore");
    return new Job(
        id,
        folder,
        properties,
        workshop,
        machine,
        control,
        new Locations(workshop.state()),
        computes,
        new Storage(workshop),
        environments(id),
        new Slots(computes),
        datastore.isEmpty() ? "workspaceblobstore" : datastore.replaceFirst("^azureml:", ""),
        clock);
  }

  private Environments environments(JobId id) {
    return new Environments(
        new References(workshop.state()),
        id.workspace(),
        new VirtualEnvironments(workshop.cache()));
  }

  private static void run(Job job, RunRecord run) {
    ScheduledFuture<?> looking =
        job.clock().scheduleWithFixedDelay(job.control()::look, 100, 100, TimeUnit.MILLISECONDS);
    try {
      job.control().look();
      job.control().check();
      Map<String, Value.Data> outputs = outputs(job, run);
      run.end(RunRecord.COMPLETED, r -> outputs.forEach((name, o) -> Outputs.show(r, name, o)));
    } catch (JobFailure e) {
      run.fail(e.code(), e.message());
    } catch (Control.Canceled e) {
      run.end(RunRecord.CANCELED, r -> {});
    } catch (RuntimeException | Error e) {
      run.fail("InternalError", "The embedded Azure failed to run the job: " + e);
      throw e;
    } finally {
      looking.cancel(false);
    }
  }

  private static Map<String, Value.Data> outputs(Job job, RunRecord run) {
    Optional<ObjectNode> batch = job.workshop().state().read(job.id().batch());
    if (batch.isPresent()) {
      return batch(job, run, batch.get());
    }
    String type = Fields.text(job.properties(), "jobType");
    return switch (type.toLowerCase(Locale.ROOT)) {
      case "pipeline" -> pipeline(job, run);
      case "command" -> command(job, run);
      default ->
          throw new JobFailure(
              "NotImplemented",
              "The embedded Azure does not run jobs of type '%s' yet.".formatted(type));
    };
  }

  private static Map<String, Value.Data> batch(Job job, RunRecord run, ObjectNode invocation) {
    BatchJob batch = BatchJob.of(job, invocation);
    RunRecord child = job.workshop().run(job.id(), UUID.randomUUID().toString());
    child.create(
        job.id().name(),
        run.runId(),
        BatchRun.CHILD,
        r -> r.put("experimentName", job.experiment()));
    return new BatchRun(job, batch, run, child).execute();
  }

  private static Map<String, Value.Data> command(Job job, RunRecord run) {
    Task task = TaskReader.command(job.properties());
    run.update(r -> CommandRun.show(r, task.inputs()));
    String compute = job.computes().id(job.id().workspace(), task.compute());
    return new CommandRun(job, task.on(compute), run).execute();
  }

  private static Map<String, Value.Data> pipeline(Job job, RunRecord run) {
    Pipeline pipeline = Pipeline.of(job.properties());
    run.update(r -> CommandRun.show(r, pipeline.inputs()));
    JobFolder folder = JobFolder.make(job.folder().resolve("pipeline"));
    ExecutionLog log = new ExecutionLog(folder.root().resolve("log"), job.workshop().clock());
    Place artifacts =
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
