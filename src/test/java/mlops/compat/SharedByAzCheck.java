package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.Program;
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
    mlops("replay --via registry --until train -q -o json");
    String promote = "promote --to test --via registry -q -o json";
    JsonNode plan = step(mlops(promote + " --plan --explain"), "share.test");
    assertEquals("create", plan.path("action").asText(), plan::toPrettyString);
    Files.write(folder.resolve("out/lines"), List.of(plan.path("az").asText()));
    clients.run("explained.sh");

    JsonNode shared = step(mlops(promote), "share.test");
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

  private JsonNode mlops(String command) throws Exception {
    List<String> words = new ArrayList<>(Program.mlops(command.split(" ")));
    words.addAll(List.of("--state", folder.resolve("azure").toString()));
    File said = folder.resolve("said.json").toFile();
    Path log = folder.resolve("said.log");
    int ended =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectOutput(said)
            .redirectError(log.toFile())
            .start()
            .waitFor();
    assertTrue(ended == 0, command + "\n" + Files.readString(log));
    return new ObjectMapper().readTree(said);
  }
}
