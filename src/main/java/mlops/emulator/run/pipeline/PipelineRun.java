package mlops.emulator.run.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import mlops.emulator.run.job.CommandRun;
import mlops.emulator.run.job.ExecutionLog;
import mlops.emulator.run.job.Job;
import mlops.emulator.run.job.LogPublisher;
import mlops.emulator.run.process.DaemonThreads;
import mlops.emulator.run.process.JobFolder;
import mlops.emulator.run.record.InputValue;
import mlops.emulator.run.record.JobFailure;
import mlops.emulator.run.record.RunRecord;

/** Runs the children of a pipeline, each as soon as those it reads from are done. */
public final class PipelineRun {
  /** The name of its log among the artifacts of the run, as on Azure. */
  private static final String LOG = "logs/azureml/executionlogs.txt";

  private final Job job;
  private final Pipeline pipeline;
  private final RunRecord run;
  private final ExecutionLog log;
  private final Map<String, Map<String, InputValue.Data>> results = new ConcurrentHashMap<>();
  private final Map<String, JobFailure> failures = new ConcurrentHashMap<>();

  PipelineRun(Job job, Pipeline pipeline, RunRecord run, ExecutionLog log) {
    this.job = job;
    this.pipeline = pipeline;
    this.run = run;
    this.log = log;
  }

  /** Runs a job that is a pipeline. */
  public static Map<String, InputValue.Data> ofJob(Job job, RunRecord run) {
    Pipeline pipeline = Pipeline.of(job.properties(), job.assets().component(job.properties()));
    run.update(r -> CommandRun.show(r, pipeline.inputs()));
    JobFolder folder = JobFolder.make(job.folder().resolve("pipeline"));
    ExecutionLog log = new ExecutionLog(folder.root().resolve("log"), job.services().clock());
    try (LogPublisher published = LogPublisher.of(job, run, LOG, log.file())) {
      published.start();
      return new PipelineRun(job, pipeline, run, log).execute();
    }
  }

  /**
   * Runs to the end.
   *
   * @return the outputs of the pipeline
   * @throws JobFailure naming the child that failed
   */
  Map<String, InputValue.Data> execute() {
    run.enter("Running");
    PipelineGraph graph = PipelineGraph.of(pipeline.nodes());
    ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.daemon("job"));
    try {
      Map<String, CompletableFuture<Boolean>> ends = new LinkedHashMap<>();
      for (String name : graph.order()) {
        List<CompletableFuture<Boolean>> needed =
            graph.needs(name).stream().map(ends::get).toList();
        ends.put(
            name,
            CompletableFuture.allOf(needed.toArray(CompletableFuture<?>[]::new))
                .thenApplyAsync(
                    done -> needed.stream().allMatch(CompletableFuture::join) && child(name),
                    threads));
      }
      join(ends);
    } finally {
      threads.shutdown();
    }
    return finished();
  }

  private static void join(Map<String, CompletableFuture<Boolean>> ends) {
    CompletionException first = null;
    for (CompletableFuture<Boolean> end : ends.values()) {
      try {
        end.join();
      } catch (CompletionException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first.getCause() instanceof RuntimeException cause ? cause : first;
    }
  }

  private Map<String, InputValue.Data> finished() {
    if (!failures.isEmpty()) {
      Map.Entry<String, JobFailure> first = failures.entrySet().iterator().next();
      throw new JobFailure(
          first.getValue().code(),
          "Pipeline has failed child jobs. Failed nodes: /%s. %s"
              .formatted(String.join(", /", failures.keySet()), first.getValue().message()));
    }
    return pipeline.outputs(results);
  }

  /** Runs a child; says whether those that read from it may go on. */
  private boolean child(String name) {
    job.control().check();
    if (!failures.isEmpty() && !pipeline.continues()) {
      return false;
    }
    RunRecord child = job.services().run(job.id(), UUID.randomUUID().toString());
    JsonNode node = pipeline.node(name);
    child.create(job.id().name(), run.runId(), name, r -> pipeline.describe(job, node, r));
    try {
      log.say("Submitting child job '%s' as run %s".formatted(name, child.runId()));
      PipelineChildRun work = new PipelineChildRun(job, pipeline, log);
      results.put(name, child.during(() -> work.execute(name, node, child, results)));
      log.say("Child job '%s', run %s: %s".formatted(name, child.runId(), child.status()));
      return true;
    } catch (JobFailure e) {
      log.say("Child job '%s', run %s failed: %s".formatted(name, child.runId(), e.message()));
      failures.put(name, new JobFailure(e.code(), "Job '%s': %s".formatted(name, e.message())));
      return false;
    }
  }
}
