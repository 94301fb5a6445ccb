package mlops.emulator.run.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import mlops.emulator.http.Json;
import mlops.emulator.run.record.RunRecord;
import mlops.emulator.sweep.Objective;
import mlops.emulator.sweep.SweepSettings;

/** What the run of a sweep says of it, in the properties that Azure's has. */
record SweepRecord(RunRecord run, Objective objective) {

  void begin(SweepSettings settings) {
    ObjectNode metric = Json.object().put("name", objective.metric());
    metric.put("goal", objective.goal());
    run.update(
        r -> {
          ObjectNode properties = r.withObject("properties");
          properties.put("runTemplate", "HyperDrive").put("platform", "AML");
          properties.put("resume_from", "null").put("primary_metric_config", metric.toString());
          properties.put("space_size", settings.space().sizeText());
          if (r.path("parentRunId").isNull()) {
            properties.put("azureml.runsource", "hyperdrive");
          }
        });
  }

  void best(String trial, double score) {
    run.update(
        r ->
            r.withObject("properties")
                .put("best_child_run_id", trial)
                .put("score", Double.toString(score))
                .put("best_metric_status", "Succeeded")
                .put("best_data_container_id", "dcid." + trial));
  }
}
