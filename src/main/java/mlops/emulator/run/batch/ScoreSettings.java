package mlops.emulator.run.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import mlops.emulator.run.record.JobFields;

/**
 * How a batch deployment scores.
 *
 * @param files how many files make a mini batch
 * @param nodes how many nodes of the cluster it takes
 * @param workers how many processes score at the same time
 * @param tries how often a mini batch is tried
 * @param timeout of one mini batch
 * @param threshold how many files may fail; -1 for any number
 * @param batchThreshold how many mini batches may fail; -1 for any number
 * @param mayBeEmpty whether {@code run()} may give no results at all: scripts that train or write
 *     files give none, and Azure counts none with the error threshold -1 (learn.microsoft.com, Use
 *     parallel jobs in pipelines)
 * @param appends whether results are kept, else they are only counted
 * @param fileName of the output
 * @param level of the script's logging
 */
record ScoreSettings(
    int files,
    int nodes,
    int workers,
    int tries,
    Duration timeout,
    int threshold,
    int batchThreshold,
    boolean mayBeEmpty,
    boolean appends,
    String fileName,
    String level,
    Map<String, String> variables) {

  /**
   * Reads the settings with Azure's defaults.
   *
   * @param deployment its properties
   * @param overrides what the invocation says in their place
   */
  static ScoreSettings of(JsonNode deployment, JsonNode overrides) {
    ObjectNode all = deployment.deepCopy();
    overrides.fields().forEachRemaining(e -> all.set(e.getKey(), e.getValue()));
    JsonNode nodes = JobFields.first(all.path("resources"), "instanceCount");
    JsonNode overridden = JobFields.first(overrides, "instanceCount");
    int instances = Math.max(1, (overridden.isMissingNode() ? nodes : overridden).asInt(1));
    JsonNode retry = all.path("retrySettings");
    Map<String, String> variables = JobFields.texts(deployment.path("environmentVariables"));
    variables.putAll(JobFields.texts(overrides.path("environmentVariables")));
    return new ScoreSettings(
        Math.max(1, JobFields.first(all, "miniBatchSize").asInt(10)),
        instances,
        instances * Math.max(1, JobFields.first(all, "maxConcurrencyPerInstance").asInt(1)),
        Math.max(1, JobFields.first(retry, "maxRetries").asInt(3)), // Azure's run_max_try
        JobFields.duration(JobFields.first(retry, "timeout")).orElse(Duration.ofSeconds(30)),
        JobFields.first(all, "errorThreshold").asInt(-1),
        -1,
        false,
        !JobFields.text(all, "outputAction").equalsIgnoreCase("SummaryOnly")
            && !JobFields.text(all, "outputAction").equalsIgnoreCase("summary_only"),
        JobFields.optional(all, "outputFileName").orElse("predictions.csv"),
        level(JobFields.text(all, "loggingLevel")),
        variables);
  }

  /**
   * Reads those of a parallel step with Azure's defaults.
   *
   * @param appends whether results are kept
   */
  static ScoreSettings ofStep(JsonNode step, boolean appends) {
    int instances = Math.max(1, JobFields.first(step.path("resources"), "instance_count").asInt(1));
    JsonNode retry = step.path("retry_settings");
    int threshold = JobFields.first(step, "error_threshold").asInt(-1);
    return new ScoreSettings(
        Math.max(1, JobFields.first(step, "mini_batch_size").asInt(1)),
        instances,
        instances * Math.max(1, JobFields.first(step, "max_concurrency_per_instance").asInt(1)),
        1 + Math.max(0, JobFields.first(retry, "max_retries").asInt(2)),
        JobFields.duration(JobFields.first(retry, "timeout")).orElse(Duration.ofSeconds(60)),
        threshold,
        JobFields.first(step, "mini_batch_error_threshold").asInt(-1),
        threshold < 0,
        appends,
        "",
        level(JobFields.text(step, "logging_level")),
        Map.of());
  }

  private static String level(String level) {
    String upper = level.toUpperCase(Locale.ROOT);
    return upper.equals("DEBUG") || upper.equals("WARNING") || upper.equals("ERROR")
        ? upper
        : "INFO";
  }
}
