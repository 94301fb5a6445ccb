package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mlops.Main;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.Options;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mlops bootstrap} killed again and again at random moments: a later run finds its way. The
 * property {@code mlops.kills} says how often, 8 if it is not set.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledBootstrapTest {
  private static final long SEED = 20261123;
  private static final int BETWEEN_FRESH_STARTS = 4;

  @TempDir Path folder;

  @Test
  void it_ends_as_if_nothing_had_happened() throws IOException, InterruptedException {
    Random random = new Random(SEED);
    Set<String> undisturbed = end(folder.resolve("undisturbed"));
    int hits = 0;
    int kills = Integer.getInteger("mlops.kills", 8);
    for (int kill = 0; kill < kills; kill++) {
      Path state = folder.resolve("state" + kill / BETWEEN_FRESH_STARTS);
      long there = documents(state);
      Process process = start(state);
      awaitProgress(process, state, there + 1 + random.nextInt(25));
      hits += process.waitFor(random.nextInt(30), TimeUnit.MILLISECONDS) ? 0 : 1;
      process.destroyForcibly().waitFor();
      if ((kill + 1) % BETWEEN_FRESH_STARTS == 0 || kill + 1 == kills) {
        Set<String> found = end(state);
        assertEquals(
            only(undisturbed, found), only(found, undisturbed), "after kill " + (kill + 1));
      }
    }
    assertTrue(hits > kills / 2, "only " + hits + " of " + kills + " kills hit a run");
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

  private static Set<String> only(Set<String> one, Set<String> other) {
    Set<String> rest = new TreeSet<>(one);
    rest.removeAll(other);
    return rest;
  }

  /** Runs it to its end: what there is then, each with its name and kind. */
  private static Set<String> end(Path state) {
    Transcript mlops = Transcript.of(state);
    assertEquals(0, mlops.run("bootstrap", "-o", "json"), () -> mlops.out() + mlops.err());
    assertEquals(0, mlops.run("bootstrap", "-o", "json"), () -> mlops.out() + mlops.err());
    for (JsonNode step : mlops.json().path("steps")) {
      assertEquals("unchanged", step.path("outcome").asText(), mlops::out);
    }
    assertEquals(0, mlops.run("local", "status", "-o", "json"), mlops::err);
    Set<String> found = new TreeSet<>();
    mlops
        .json()
        .at("/result/counts")
        .fields()
        .forEachRemaining(e -> found.add(e.getKey() + ": " + e.getValue()));
    found.addAll(resources(state));
    return found;
  }

  /** The ids of all resources, without those that hold random parts. */
  private static Set<String> resources(Path state) {
    EmbeddedAzure azure = EmbeddedAzure.open(state, Options.defaults());
    Set<String> ids = new TreeSet<>();
    for (JsonNode resource : azure.state().walk("/subscriptions/" + Options.SUBSCRIPTION)) {
      String id = resource.path("id").asText();
      ids.add(id.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "{guid}"));
    }
    return ids;
  }

  private static Process start(Path state) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("bootstrap", "--state", state.toString()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
