package mlops.steps.train;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mlops.assets.AssetRequests;
import mlops.assets.FieldOverrides;
import mlops.assets.JobFile;
import mlops.assets.WorkspaceLookup;
import mlops.assets.job.JobSummary;
import mlops.azure.ml.JobAttempt;
import mlops.profile.Profile;

/**
 * A job file as it is submitted: with the limits of the gate where its inputs take them, and with
 * the champion where one of its jobs takes one.
 */
final class TrainingJob {
  private final Path file;
  private final FieldOverrides overrides;
  private final WorkspaceLookup references;
  private final JobSummary outline;
  private final Optional<String> taker;
  private final AssetRequests plain;

  private TrainingJob(
      Path file, JobSummary outline, FieldOverrides overrides, WorkspaceLookup references) {
    this.file = file;
    this.outline = outline;
    this.taker =
        outline.openInputs().stream().filter(place -> place.endsWith(JobFile.CHAMPION)).findFirst();
    this.overrides = overrides;
    this.references = references;
    this.plain = translate(overrides);
  }

  /**
   * A job with the limits of the gate.
   *
   * @param outline of the file with what was given
   */
  static TrainingJob of(
      Path file,
      JobSummary outline,
      FieldOverrides given,
      Profile.Gate gate,
      WorkspaceLookup references) {
    Set<String> inputs = outline.inputs().keySet();
    FieldOverrides overrides = given;
    for (Map.Entry<String, String> limit : gate.inputs().entrySet()) {
      if (inputs.contains(limit.getKey())) {
        overrides = overrides.with("inputs." + limit.getKey(), limit.getValue());
      }
    }
    return new TrainingJob(file, outline, overrides, references);
  }

  /** Without the champion: what the content of a submission is, whoever it has to beat. */
  AssetRequests plain() {
    return plain;
  }

  /** Whether a job of the pipeline takes a model to compare with. */
  boolean takesChampion() {
    return taker.isPresent();
  }

  /** What is noted of the file, a line each. */
  List<String> notes() {
    return JobFile.read(file, overrides).notes();
  }

  /**
   * The name in the file, which names nothing here: a second run could not be told from another.
   */
  Optional<String> nameInFile() {
    return JobFile.read(file, overrides).name();
  }

  /**
   * The job's name at its first try, {@code EXPERIMENT-HASH}: the same content has the same name.
   */
  String baseName() {
    String experiment =
        plain.resource().body().path("properties").path("experimentName").asText("job");
    return JobAttempt.baseName(experiment, plain.hash());
  }

  /**
   * What is submitted.
   *
   * @param champion the version of the model to beat, where a job of the pipeline takes one
   * @param force whether nothing of an earlier run may be reused
   */
  AssetRequests against(String model, Optional<String> champion, boolean force) {
    FieldOverrides more = overrides;
    if (force && outline.type().equals("pipeline")) {
      more = more.with("settings.force_rerun", BooleanNode.TRUE);
    }
    if (champion.isPresent() && taker.isPresent()) {
      ObjectNode input = JsonNodeFactory.instance.objectNode().put("type", "custom_model");
      input.put("path", "azureml:%s:%s".formatted(model, champion.get()));
      more = more.with("inputs.champion", input).with(taker.get(), "${{parent.inputs.champion}}");
    }
    return translate(more);
  }

  private AssetRequests translate(FieldOverrides more) {
    return JobFile.read(file, more).translate(references);
  }
}
