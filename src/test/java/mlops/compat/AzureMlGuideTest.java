package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import mlops.cli.Transcript;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide's az ml commands after workspaces and computes (see {@link AzGuideTest}) by the real
 * azure-ai-ml: trained in dev, deployed to test, scored there. Bootstrap has made the ground.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzureMlGuideTest {
  private RealClients clients;
  private String said;

  @BeforeAll
  void the_guide_runs(@TempDir Path folder) throws Exception {
    clients = RealClients.in(folder);
    Transcript mlops = Transcript.of(clients.state());
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
    said = clients.run("ml.sh");
  }

  @Test
  void the_pipeline_trains_and_its_steps_are_streamed() throws IOException {
    assertEquals("Completed", clients.json("train").path("status").asText());
    assertEquals("1", clients.json("train").path("version").asText());
    for (String step : List.of("prep_data", "train_model", "evaluate_model", "register_model")) {
      assertTrue(said.matches("(?s).*Child job '" + step + "', run \\S+: Completed.*"), said);
    }
  }

  @Test
  void the_model_goes_to_test_and_is_deployed() throws IOException {
    JsonNode deployed = clients.json("deploy");
    assertEquals("1", deployed.path("model").asText());
    assertEquals("Succeeded", deployed.path("endpoint").asText());
    assertEquals("[\"batch-dp-mlopsdemo-test\"]", deployed.path("deployments").toString());
  }

  @Test
  void every_row_gets_a_prediction() throws IOException {
    JsonNode score = clients.json("score");
    assertEquals("Completed", score.path("status").asText());
    assertEquals(1, score.path("jobs").size());
    assertEquals(score.path("job"), score.path("jobs").get(0));
    long rows = lines(Path.of("data/taxi-batch.csv")) - 1; // without the line of names
    assertEquals(rows, lines(clients.folder().resolve("out/predictions.csv")));
  }

  private static long lines(Path file) throws IOException {
    return Files.readString(file).lines().count();
  }
}
