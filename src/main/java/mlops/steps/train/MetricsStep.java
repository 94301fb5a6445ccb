package mlops.steps.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import mlops.azure.Azure;
import mlops.azure.ml.MlflowTracking;
import mlops.azure.ml.Workspace;
import mlops.error.MlopsException;
import mlops.plan.Change;
import mlops.plan.Output;
import mlops.plan.Step;
import mlops.plan.StepMessages;

/**
 * Metrics and parameters are logged to the job's run, so that the studio shows them; also those of
 * a model that the gate refused.
 */
final class MetricsStep implements Step {
  private final MlflowTracking tracking;
  private final Workspace workspace;
  private final GateVerdictReader deployFlag;
  private final Output<String> job;
  private final Output<GateVerdict> verdict;
  private final Clock clock;

  /**
   * @param verdict is given what the job found
   */
  MetricsStep(
      Azure azure,
      Workspace workspace,
      GateVerdictReader deployFlag,
      Output<String> job,
      Output<GateVerdict> verdict,
      Clock clock) {
    this.tracking = new MlflowTracking(azure, workspace);
    this.workspace = workspace;
    this.deployFlag = deployFlag;
    this.job = job;
    this.verdict = verdict;
    this.clock = clock;
  }

  @Override
  public String describe() {
    return "metrics of the job";
  }

  @Override
  public Change check() {
    job.ifKnown()
        .flatMap(name -> workspace.find("jobs/" + name))
        .flatMap(deployFlag::of)
        .ifPresent(verdict::set);
    if (verdict.ifKnown().isEmpty()) {
      return Change.run("log them to the run");
    }
    Map<String, Double> logged = tracking.logged(job.get()).metrics();
    return logged.entrySet().containsAll(finite(verdict.get()).entrySet())
        ? Change.none("logged")
        : Change.run("log them to the run");
  }

  @Override
  public void apply(StepMessages messages) {
    GateVerdict found = verdict.ifKnown().orElseThrow(this::noVerdict);
    long now = clock.millis();
    ArrayNode metrics = JsonNodeFactory.instance.arrayNode();
    finite(found)
        .forEach(
            (name, value) ->
                metrics
                    .addObject()
                    .put("key", name)
                    .put("value", value)
                    .put("timestamp", now)
                    .put("step", 0));
    ObjectNode batch = JsonNodeFactory.instance.objectNode().put("run_id", job.get());
    batch.set("metrics", metrics);
    batch.set("params", parameters());
    tracking.logBatch(batch);
  }

  /** What MLflow takes: neither NaN nor infinity. */
  private static Map<String, Double> finite(GateVerdict verdict) {
    Map<String, Double> finite = new LinkedHashMap<>(verdict.candidate());
    finite.values().removeIf(value -> !Double.isFinite(value));
    return finite;
  }

  private MlopsException noVerdict() {
    return MlopsException.failed(
        "NoVerdict",
        "job %s ended without a verdict: it wrote nothing into its output deploy_flag"
            .formatted(job.get()),
        "Let it write a file deploy_flag.json there: "
            + GateVerdict.FORM
            + ". A pipeline without this output is judged by the metrics that it logs.");
  }

  /** The literal inputs of the pipeline. */
  private ArrayNode parameters() {
    ArrayNode parameters = JsonNodeFactory.instance.arrayNode();
    JsonNode inputs = workspace.get("jobs/" + job.get()).path("properties").path("inputs");
    inputs
        .fields()
        .forEachRemaining(
            input -> {
              if (input.getValue().path("jobInputType").asText().equals("literal")) {
                parameters
                    .addObject()
                    .put("key", input.getKey())
                    .put("value", input.getValue().path("value").asText());
              }
            });
    return parameters;
  }
}
