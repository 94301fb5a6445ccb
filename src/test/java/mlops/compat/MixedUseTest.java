package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import mlops.cli.Transcript;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What {@code mlops bootstrap} makes, in the eyes and hands of the real az. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MixedUseTest {
  private RealClients clients;

  @BeforeAll
  void both_work_on_one_state(@TempDir Path folder) throws Exception {
    clients = RealClients.in(folder);
    Transcript mlops = Transcript.of(clients.state());
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
    clients.run("mixed.sh");
  }

  @Test
  void az_lists_and_shows_what_bootstrap_made() throws IOException {
    assertTrue(
        clients
            .text("groups")
            .lines()
            .toList()
            .containsAll(Set.of("rg-demo-mlops-demo", "rg-demo-mlops-storage-demo")));
    assertEquals(
        3,
        clients.text("workspaces").lines().filter(l -> l.startsWith("ml-mlopsdemo-demo-")).count());
    assertEquals("Succeeded", clients.json("account").path("provisioningState").asText());
    assertTrue(clients.text("blobs").lines().toList().contains("taxibatch/taxi-batch.csv"));
    assertEquals(5, clients.json("roles").size());
  }

  @Test
  void what_az_deletes_bootstrap_makes_again() throws IOException {
    assertFalse(clients.text("groups-after").contains("rg-demo-mlops-storage-demo"));
    Transcript mlops = Transcript.of(clients.state());
    assertEquals(4, mlops.run("bootstrap", "--plan", "--detailed-exitcode"));
    assertTrue(mlops.out().contains("+ storage-account "), mlops::out);
    assertTrue(mlops.out().contains("= workspace.prod "), mlops::out);
  }
}
