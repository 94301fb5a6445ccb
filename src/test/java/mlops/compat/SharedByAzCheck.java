package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the newest azure-ai-ml has shared, by the line that --explain prints, is shared for mlops.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedByAzCheck {
  @TempDir Path folder;

  @Test
  void a_promotion_finds_it_shared_and_goes_on() throws Exception {
    RealClients clients =
        RealClients.in(folder, InstalledClients.of(InstalledClients.Release.NEWEST));
    clients.mlops("replay --via registry --until train -q -o json");
    String promote = "promote --to test --via registry -q -o json";
    JsonNode plan = step(clients.mlops(promote + " --plan --explain"), "share.test");
    assertEquals("create", plan.path("action").asText(), plan::toPrettyString);
    Files.write(folder.resolve("out/lines"), List.of(plan.path("az").asText()));
    clients.run("explained.sh");

    JsonNode shared = step(clients.mlops(promote), "share.test");
    assertEquals("unchanged", shared.path("outcome").asText(), shared::toPrettyString);
  }

  private static JsonNode step(JsonNode document, String id) {
    for (JsonNode step : document.path("steps")) {
      if (step.path("id").asText().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("no step " + id + " in " + document);
  }
}
