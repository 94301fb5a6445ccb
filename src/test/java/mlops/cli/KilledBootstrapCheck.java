package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mlops.Program;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mlops bootstrap} killed again and again at random moments: a later run finds its way. The
 * property {@code mlops.kills} says how often, 6 if it is not set.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledBootstrapCheck {
  private static final int KILLS = Integer.getInteger("mlops.kills", 6);
  private static final Pattern GUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final long SEED = 20261123;
  private static final int BETWEEN_FRESH_STARTS = 3;

  @TempDir Path folder;

  @Test
  void it_ends_as_if_nothing_had_happened() throws IOException, InterruptedException {
    Random random = new Random(SEED);
    Map<String, Integer> undisturbed = end(folder.resolve("undisturbed"));
    int hits = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Path state = folder.resolve("state" + kill / BETWEEN_FRESH_STARTS);
      Process process = start(state);
      awaitProgress(process, state, documents(state) + random.nextInt(50));
      hits += process.waitFor(random.nextInt(30), TimeUnit.MILLISECONDS) ? 0 : 1;
      process.destroyForcibly().waitFor();
      if ((kill + 1) % BETWEEN_FRESH_STARTS == 0 || kill + 1 == KILLS) {
        assertEquals(undisturbed, end(state), "after kill " + (kill + 1));
      }
    }
    assertTrue(hits > 0, "none of " + KILLS + " kills hit a run");
  }

  @Test
  void of_two_at_once_one_may_be_killed() throws IOException, InterruptedException {
    Random random = new Random(SEED);
    Map<String, Integer> undisturbed = end(folder.resolve("undisturbed"));
    for (int round = 0; round < Math.max(1, KILLS / 6); round++) {
      Path state = folder.resolve("state" + round);
      Process killed = start(state);
      Process other = start(state);
      awaitProgress(killed, state, random.nextInt(80));
      killed.destroyForcibly().waitFor();
      assertEquals(0, other.waitFor(), "round " + round + "\n" + said(state));
      assertEquals(undisturbed, end(state), "round " + round);
    }
  }

  /**
   * Waits until a run has written so much, or is over: a time alone would on a busy machine hit the
   * start of the process and never its work.
   */
  private static void awaitProgress(Process process, Path state, long documents)
      throws IOException, InterruptedException {
    while (documents(state) < documents && !process.waitFor(5, TimeUnit.MILLISECONDS)) {
      Thread.onSpinWait();
    }
  }

  private static long documents(Path state) throws IOException {
    if (!Files.exists(state)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(state)) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    } catch (UncheckedIOException e) {
      return 0; // a file went while it was listed
    }
  }

  /** Runs it to its end: how often there is what. */
  private static Map<String, Integer> end(Path state) {
    Transcript mlops = Transcript.of(state);
    assertEquals(0, mlops.run("bootstrap", "-o", "json"), () -> mlops.out() + mlops.err());
    assertEquals(0, mlops.run("bootstrap", "-o", "json"), () -> mlops.out() + mlops.err());
    for (JsonNode step : mlops.json().path("steps")) {
      assertEquals("unchanged", step.path("outcome").asText(), mlops::out);
    }
    StateTree documents = EmbeddedAzure.open(state, EmbeddedAzureOptions.defaults()).state();
    Map<String, Integer> found = new TreeMap<>();
    found.put("principals", documents.list("/directory/objects").size());
    for (JsonNode resource :
        documents.walk("/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION)) {
      String id = resource.path("id").asText();
      if (!id.contains("OperationsStatus")) { // two that make the same at once ask twice
        found.merge(GUID.matcher(id).replaceAll("{guid}"), 1, Integer::sum);
      }
    }
    return found;
  }

  private static Process start(Path state) throws IOException {
    return new ProcessBuilder(Program.mlops("bootstrap", "--state", state.toString()))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(beside(state).toFile()))
        .start();
  }

  private static Path beside(Path state) {
    return state.resolveSibling(state.getFileName() + ".said");
  }

  /** What those that worked on a state said, all together. */
  private static String said(Path state) throws IOException {
    return Files.readString(beside(state));
  }
}
