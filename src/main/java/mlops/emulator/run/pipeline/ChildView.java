package mlops.emulator.run.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import mlops.emulator.run.record.JobFields;
import mlops.emulator.sweep.Objective;
import mlops.emulator.sweep.SweepSettings;

/** What the run of a child says of the job that it is, for whoever asks for it as a job. */
final class ChildView {
  private static final Map<String, String> TYPES =
      Map.of("pipeline", "Pipeline", "sweep", "Sweep", "spark", "Spark");

  /**
   * Puts the properties of the job into the document of its run.
   *
   * @param spec what it runs: its component, or itself
   * @param type {@code command}, {@code pipeline}, {@code sweep}, {@code parallel} or {@code spark}
   */
  static void show(ObjectNode run, JsonNode node, JsonNode spec, String type) {
    ObjectNode job = run.putObject("job");
    job.put("jobType", TYPES.getOrDefault(type, "Command"));
    JobFields.optional(node, "componentId").ifPresent(id -> job.put("componentId", id));
    if (type.equals("command")) {
      command(job, spec);
    } else if (type.equals("parallel")) {
      JsonNode task = spec.path("task");
      command(job, task);
      job.put("command", "python " + JobFields.text(task, "entry_script"));
    } else if (type.equals("sweep")) {
      sweep(job, node);
      command(job.putObject("trial"), spec);
    } else if (type.equals("spark")) {
      spark(job, node, spec);
    }
  }

  private static void command(ObjectNode job, JsonNode spec) {
    job.put("command", JobFields.text(spec, "command"));
    JobFields.reference(spec, "environment", "environmentId")
        .ifPresent(id -> job.put("environmentId", id));
  }

  private static void spark(ObjectNode job, JsonNode node, JsonNode spec) {
    JobFields.reference(spec, "code", "codeId").ifPresent(id -> job.put("codeId", id));
    JobFields.reference(spec, "environment", "environmentId")
        .ifPresent(id -> job.put("environmentId", id));
    String entry = JobFields.text(spec.path("entry"), "file");
    job.putObject("entry").put("sparkJobEntryType", "SparkJobPythonEntry").put("file", entry);
    JobFields.texts(node.path("conf")).forEach(job.putObject("conf")::put);
    job.put("args", JobFields.text(node, "args"));
  }

  private static void sweep(ObjectNode job, JsonNode node) {
    SweepSettings settings = SweepSettings.of(node);
    Objective objective = settings.objective();
    job.putObject("objective")
        .put("goal", objective.maximize() ? "Maximize" : "Minimize")
        .put("primaryMetric", objective.metric());
    job.putObject("samplingAlgorithm").put("samplingAlgorithmType", settings.sampling().type());
    job.set("searchSpace", settings.space().json());
    job.putObject("limits")
        .put("jobLimitsType", "Sweep")
        .put("maxTotalTrials", settings.trials())
        .put("maxConcurrentTrials", settings.concurrent());
  }

  private ChildView() {}
}
