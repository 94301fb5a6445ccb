package mlops.steps.train;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import mlops.assets.JobFile;
import mlops.assets.JobOutline;
import mlops.assets.Overrides;
import mlops.assets.References;
import mlops.assets.Translation;
import mlops.profile.Profile;

/**
 * A job file as it is submitted: with the limits of the gate where its inputs take them, and with
 * the champion where one of its jobs takes one.
 */
final class TrainingJob {
  private static final List<String> METRICS = List.of("r2", "rmse", "mae");
  private static final String CHAMPION = ".inputs.champion";

  private final Path file;
  private final Overrides overrides;
  private final References references;
  private final JobOutline outline;
  private final Translation plain;

  private TrainingJob(Path file, JobOutline outline, Overrides overrides, References references) {
    this.file = file;
    this.outline = outline;
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
      Path file, JobOutline outline, Overrides given, Profile.Gate gate, References references) {
    Set<String> inputs = outline.inputs().keySet();
    Overrides overrides = given;
    for (String metric : METRICS) {
      Optional<Profile.Limit> limit = Optional.ofNullable(gate.metrics().get(metric));
      overrides = limit(overrides, inputs, metric + "_min", limit.flatMap(Profile.Limit::min));
      overrides = limit(overrides, inputs, metric + "_max", limit.flatMap(Profile.Limit::max));
    }
    if (inputs.contains("champion_rule")) {
      overrides =
          overrides.with("inputs.champion_rule", gate.championNotWorse() ? "not-worse" : "none");
    }
    return new TrainingJob(file, outline, overrides, references);
  }

  private static Overrides limit(
      Overrides overrides, Set<String> inputs, String input, Optional<Double> value) {
    return value.isPresent() && inputs.contains(input)
        ? overrides.with("inputs." + input, Double.toString(value.get()))
        : overrides;
  }

  /** Without the champion: what the content of a submission is, whoever it has to beat. */
  Translation plain() {
    return plain;
  }

  /** The first part of the job's name: the same content has the same name. */
  String baseName() {
    String experiment =
        plain.resource().body().path("properties").path("experimentName").asText("job");
    String start = experiment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
    return "%s-%s".formatted(start, plain.hash().substring(0, 12));
  }

  /**
   * What is submitted.
   *
   * @param champion the version of the model to beat, where a job of the pipeline takes one
   * @param force whether nothing of an earlier run may be reused
   */
  Translation against(String model, Optional<String> champion, boolean force) {
    Overrides more = overrides;
    if (force && outline.type().equals("pipeline")) {
      more = more.with("settings.force_rerun", BooleanNode.TRUE);
    }
    Optional<String> taker =
        outline.openInputs().stream().filter(place -> place.endsWith(CHAMPION)).findFirst();
    if (champion.isPresent() && taker.isPresent()) {
      ObjectNode input = JsonNodeFactory.instance.objectNode().put("type", "custom_model");
      input.put("path", "azureml:%s:%s".formatted(model, champion.get()));
      more = more.with("inputs.champion", input).with(taker.get(), "${{parent.inputs.champion}}");
    }
    return translate(more);
  }

  private Translation translate(Overrides more) {
    return JobFile.read(file, more).translate(references);
  }
}
