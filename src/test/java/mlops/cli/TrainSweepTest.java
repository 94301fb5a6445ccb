package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import mlops.MlflowCall;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of a sweep runs, and train shows its trials as a table. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class TrainSweepTest {
  private static final String SWEEP =
      """
      type: sweep
      display_name: search
      compute: azureml:mlopsdemo-cluster-dev
      trial:
        code: dev/src
        environment: azureml:taxi-train-env-demo-mlops@latest
        command: python log.py ${{search_space.depth}} ${{search_space.kind}}
      search_space:
        depth: {type: choice, values: [1, 2]}
        kind: {type: choice, values: [plain]}
      sampling_algorithm: grid
      objective: {goal: maximize, primary_metric: score}
      limits: {max_total_trials: 4, max_concurrent_trials: 2}
      """;
  private static final String LOG =
      MlflowCall.PYTHON
          + "mlflow('log-metric', key='score', value=float(sys.argv[1]) / 4, timestamp=1)\n";

  @TempDir Path folder;

  @Test
  void the_trials_of_a_sweep_are_a_table_and_in_json() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    site.write("sweep.yml", SWEEP);
    site.write("dev/src/log.py", LOG);
    String file = site.path("sweep.yml").toString();
    assertEquals(0, site.run("train", "--file", file), site::said);
    String table =
        """
        2 trials, score to maximize
               score   depth  kind
          * 1  0.5000  2      plain
            0  0.2500  1      plain
        """;
    assertTrue(site.mlops().out().contains(table), site::said);
    assertEquals(0, site.run("train", "--file", file, "-o", "json"), site::said);
    JsonNode logged = site.mlops().json().at("/result/logged");
    assertEquals(2, logged.size(), site::said);
    assertEquals("1", logged.at("/0/hyperparameters/depth").asText());
  }
}
