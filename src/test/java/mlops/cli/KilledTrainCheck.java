package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every process of {@code mlops train} killed at a random moment, and the command run again at
 * once. The property {@code mlops.kills} says how often, 3 if it is not set.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledTrainCheck {
  private static final int KILLS = Integer.getInteger("mlops.kills", 3);
  private static final long SEED = 20261129;

  /** Far more than a training takes: one that takes longer waits for what never comes. */
  private static final long MOST_SECONDS = 120;

  @TempDir Path folder;

  @Test
  void each_time_the_next_command_ends_well() throws IOException, InterruptedException {
    Random random = new Random(SEED);
    Site site = Site.tiny(folder.resolve("site"));
    site.mlops().jobsApart();
    assertEquals(0, site.run("bootstrap"), site::said);
    long start = System.nanoTime();
    end(site, 0);
    int usual = (int) TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    int hits = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      site.write("dev/src/judge.py", site.read("dev/src/judge.py") + "# " + kill + "\n");
      Process train = MlopsProcess.start(site, Map.of(), "train");
      hits += train.waitFor(random.nextInt(usual), TimeUnit.MILLISECONDS) ? 0 : 1;
      killAll(train, site.state().toString());
      end(site, kill);
    }
    assertTrue(hits > 0, "none of " + KILLS + " kills hit a training");
  }

  private static void end(Site site, int kill) throws IOException, InterruptedException {
    Process train = MlopsProcess.start(site, Map.of(), "train");
    boolean ended = train.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    assertTrue(ended, () -> "the training after kill " + kill + " still waits");
    String said = new String(train.getErrorStream().readAllBytes(), UTF_8);
    assertEquals(0, train.exitValue(), () -> "after kill " + kill + ": " + said);
  }

  /** Leaves nobody time to notice. */
  private static void killAll(Process mlops, String state) throws InterruptedException {
    List<ProcessHandle> tree = mlops.descendants().toList();
    mlops.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
    for (List<ProcessHandle> left = of(state); !left.isEmpty(); left = of(state)) {
      left.forEach(ProcessHandle::destroyForcibly);
    }
    mlops.waitFor();
  }

  private static List<ProcessHandle> of(String state) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(p -> p.info().commandLine().orElse("").contains(state)).toList();
    }
  }
}
