package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import mlops.Golden;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plan of everything on an Azure that is empty: each step, and what it waits for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanTest {
  @TempDir Path state;

  @Test
  void of_replay_is_as_kept() throws IOException {
    Transcript mlops = Transcript.frozen(state.resolve("azure"));

    assertEquals(0, mlops.run("replay", "--plan"));

    Golden.check("plan-replay.txt", mlops.out());
    assertEquals("", mlops.err());
  }
}
