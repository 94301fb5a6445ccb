package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import mlops.Program;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.TestKey;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code destroy} and then {@code bootstrap} on the same suffix, again and again; and cut off at
 * its requests, or killed, the next one finishes it. The property {@code mlops.kills} says at how
 * many places, 20 if it is not set.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DestroyedAgainCheck {
  private static final int TIMES = 20;
  private static final int KILLS = Integer.getInteger("mlops.kills", 20);

  @TempDir Path folder;

  @Test
  void the_same_suffix_serves_twenty_times() {
    Transcript mlops = Transcript.of(TestKey.in(folder));
    Set<String> before = documents();
    for (int time = 1; time <= TIMES; time++) {
      run(mlops, "bootstrap -o json");
      assertEquals(Set.of("applied"), outcomes(mlops), "bootstrap " + time);
      run(mlops, "destroy --yes -o json");
      assertTrue(outcomes(mlops).contains("applied"), "destroy " + time);
      assertEquals(before, documents(), "after " + time);
    }
    run(mlops, "destroy --yes -o json");
    assertEquals(Set.of("unchanged"), outcomes(mlops));
  }

  @Test
  void wherever_it_is_cut_off_the_next_one_finishes_it() {
    Transcript mlops = Transcript.of(TestKey.in(folder));
    Set<String> before = documents();
    run(mlops, "bootstrap -q");
    AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    mlops.through(ChangedTransport.cutOff(left));
    run(mlops, "destroy --yes -q");
    int requests = Integer.MAX_VALUE - left.get();
    assertTrue(requests > 50, "it sent " + requests);
    for (int kill = 0; kill < KILLS; kill++) {
      int at = kill * requests / KILLS;
      mlops.through(UnaryOperator.identity());
      run(mlops, "bootstrap -q");
      mlops.through(ChangedTransport.cutOff(new AtomicInteger(at)));
      assertEquals(1, mlops.run("destroy", "--yes", "-q"), () -> "cut off at " + at);
      mlops.through(UnaryOperator.identity());
      run(mlops, "destroy --yes -q");
      assertEquals(before, documents(), () -> "cut off at " + at);
    }
  }

  @Test
  void killed_at_any_moment_it_is_finished_too() throws IOException, InterruptedException {
    Transcript mlops = Transcript.of(TestKey.in(folder));
    Set<String> before = documents();
    int hits = 0;
    for (int kill = 0; kill < Math.max(4, KILLS / 4); kill++) {
      run(mlops, "bootstrap -q");
      Process process =
          new ProcessBuilder(Program.mlops("destroy", "--yes", "--state", folder.toString()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      int all = documents().size();
      while (documents().size() > all - 3 * kill - 1 && process.isAlive()) {
        Thread.onSpinWait();
      }
      hits += process.waitFor(kill, TimeUnit.MILLISECONDS) ? 0 : 1;
      process.destroyForcibly().waitFor();
      run(mlops, "destroy --yes -q");
      assertEquals(before, documents(), "after kill " + kill);
    }
    assertTrue(hits > 0, "no kill hit a run");
  }

  private static void run(Transcript mlops, String words) {
    assertEquals(0, mlops.run(words.split(" ")), () -> mlops.out() + mlops.err());
  }

  private static Set<String> outcomes(Transcript mlops) {
    Set<String> outcomes = new TreeSet<>();
    mlops.json().path("steps").forEach(s -> outcomes.add(s.path("outcome").asText()));
    outcomes.removeIf(o -> outcomes.contains("applied") && o.equals("unchanged"));
    return outcomes;
  }

  /** What there is in the subscription and the directory, but for how operations went. */
  private Set<String> documents() {
    EmbeddedAzure azure = EmbeddedAzure.open(folder, EmbeddedAzureOptions.defaults());
    Set<String> found = new TreeSet<>();
    for (JsonNode one : azure.state().walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION)) {
      String id = one.path("id").asText();
      if (!id.contains("OperationsStatus") && id.contains("/resourceGroups/")) {
        found.add(id);
      }
    }
    azure.state().list("/directory/objects").forEach(o -> found.add(o.path("id").asText()));
    String deleted = "/providers/Microsoft.KeyVault/deletedVaults?api-version=2023-07-01";
    EmbeddedCloud.in(folder)
        .send("GET", EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + deleted, "")
        .json()
        .path("value")
        .forEach(v -> found.add(v.path("id").asText()));
    return found;
  }
}
