package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import mlops.MlflowCall;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bayesian sampling by optuna, which is installed for it: {@code ./mvnw test
 * -Dtest=BayesianSweepsCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BayesianSweepsCheck {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String LOG =
      "cat > log.py <<\\EOF\n"
          + MlflowCall.PYTHON
          + """
          x = float(sys.argv[1])
          mlflow("log-metric", key="loss", value=(x - 3) ** 2, timestamp=1)
          EOF
          python3 log.py ${{search_space.x}}""";

  @TempDir Path folder;

  @Test
  void trials_come_nearer_to_the_best_and_a_small_space_ends() {
    MlCloud ml = MlCloud.in(folder);
    ml.put(WS + "/environments/plain/versions/1", "{'properties':{'image':'ubuntu'}}");
    JsonNode far = run(ml, "far", "['uniform',[-10,10]]", 24);
    double best = far.at("/properties/score").asDouble();
    assertTrue(best < 1, () -> "the best loss is " + best);
    JsonNode few = run(ml, "few", "['choice',[[1,2,3]]]", 9);
    assertEquals("few_", few.at("/properties/best_child_run_id").asText().substring(0, 4));
    assertEquals("0.0", few.at("/properties/score").asText());
    String history = MlCloud.API + "/history/v1.0" + WS + "/runs/few/children";
    assertEquals(3, ml.get(history).json().path("value").size(), "none twice");
  }

  private static JsonNode run(MlCloud ml, String name, String space, int trials) {
    String body =
        """
        {'properties':{'jobType':'Sweep','samplingAlgorithm':{'samplingAlgorithmType':'Bayesian','seed':1},
          'objective':{'goal':'Minimize','primaryMetric':'loss'},'searchSpace':{'x':%s},
          'limits':{'jobLimitsType':'Sweep','maxTotalTrials':%d,'maxConcurrentTrials':2},
          'trial':{'command':%s,'environmentId':'%s/environments/plain/versions/1'}}}"""
            .formatted(space, trials, TextNode.valueOf(LOG), WS);
    assertEquals(201, ml.put(WS + "/jobs/" + name, body).status());
    JsonNode job = ml.await(WS + "/jobs/" + name, 600).path("properties");
    assertEquals("Completed", job.path("status").asText(), job::toPrettyString);
    return job;
  }
}
