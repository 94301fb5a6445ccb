package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every process of {@code mlops replay} is killed at a random moment, the hosts of its jobs as
 * well, and the same command follows at once: it ends, and not by waiting. The property {@code
 * mlops.kills} says how often, once if it is not set, {@code mlops.seed} which moments, and {@code
 * mlops.counts} names a file for one line each.
 */
@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(ReplaceUnderscores.class)
class KilledHostsCheck {
  private static final int KILLS = Integer.getInteger("mlops.kills", 1);
  private static final long SEED = Long.getLong("mlops.seed", 20261129);

  /** Every limit of a job, a lease or a role that a command could wait for is longer. */
  private static final long WAITING_SECONDS = 240;

  private static final Pattern CODE = Pattern.compile("(?m)^ {2}(JobFailed|ResourceNotReady): ");

  @TempDir Path folder;

  @Test
  void the_same_command_ends_well_at_once() throws Exception {
    Random random = new Random(SEED);
    Map<String, Integer> ends = new TreeMap<>();
    Site undisturbed = site("undisturbed");
    run(undisturbed, "undisturbed", ends);
    int lines = lines(undisturbed);
    assertAll(
        IntStream.rangeClosed(1, KILLS)
            .mapToObj(kill -> () -> killed("killed" + kill, lines, random, ends)));
    note(ends.toString());
  }

  private void killed(String name, int lines, Random random, Map<String, Integer> ends)
      throws Exception {
    Site site = site(name);
    ProcessesOf all = new ProcessesOf(site.path(""));
    for (int again = random.nextInt(4) == 0 ? 2 : 1; again > 0; again--) {
      int line = random.nextInt(lines);
      int millis = random.nextInt(1000);
      boolean onlyJava = random.nextBoolean();
      Process replay = start(site);
      boolean over = awaitLine(replay, site, line) || replay.waitFor(millis, TimeUnit.MILLISECONDS);
      all.kill(onlyJava);
      replay.waitFor();
      note(
          "%s: %s %d ms after line %d of %d%s"
              .formatted(
                  name, over ? "over" : "killed", millis, line, lines, onlyJava ? ", java" : ""));
    }
    run(site, name, ends);
    isWhole(site);
  }

  /** Waits until a run has said so much, whether the machine is busy or not; whether it is over. */
  private static boolean awaitLine(Process replay, Site site, int line) throws Exception {
    boolean over = false;
    while (!over && lines(site) < line) {
      over = replay.waitFor(5, TimeUnit.MILLISECONDS);
    }
    return over;
  }

  private static int lines(Site site) {
    return (int) said(site).lines().count();
  }

  /** Runs it until it ends well, which is once, or twice where a job was interrupted. */
  private void run(Site site, String name, Map<String, Integer> ends) throws Exception {
    long start = System.nanoTime();
    Process replay = start(site);
    if (!replay.waitFor(WAITING_SECONDS, TimeUnit.SECONDS)) {
      new ProcessesOf(site.path("")).kill(false);
      throw new AssertionError(name + " waits, after\n" + said(site));
    }
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    int code = replay.exitValue();
    String end = code == 0 ? "0" : code + " " + code(site);
    ends.merge(end, 1, Integer::sum);
    note("%s: %s after %d ms".formatted(name, end, millis));
    if (code != 0) {
      assertEquals(1, code, () -> name + "\n" + said(site));
      assertEquals(0, site.run("replay"), () -> name + "\n" + site.said());
    }
  }

  private static String code(Site site) {
    var found = CODE.matcher(said(site));
    assertTrue(found.find(), () -> said(site));
    return found.group(1);
  }

  private static void isWhole(Site site) {
    assertEquals(0, site.run("replay", "-o", "json"), site::said);
    for (JsonNode step : site.mlops().json().path("steps")) {
      assertEquals("unchanged", step.path("outcome").asText(), site::said);
    }
    assertEquals(3, site.predictions("test").size());
    assertEquals(site.predictions("test"), site.predictions("prod"));
    assertEquals(0, site.mlops().run("local", "doctor"), site::said);
  }

  private Site site(String name) {
    Site site = Site.tiny(folder.resolve(name));
    site.mlops().jobsApart();
    for (String file : List.of("dev/src/judge.py", "dev/score/score.py")) {
      site.write(file, "import time; time.sleep(1)\n" + site.read(file));
    }
    return site;
  }

  private static Process start(Site site) throws IOException {
    return new ProcessBuilder(Mlops.line(site, "replay"))
        .redirectErrorStream(true)
        .redirectOutput(site.path("said.txt").toFile())
        .start();
  }

  private static String said(Site site) {
    return site.read("said.txt");
  }

  private static void note(String line) throws IOException {
    String file = System.getProperty("mlops.counts");
    if (file != null) {
      Files.writeString(
          Path.of(file),
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
