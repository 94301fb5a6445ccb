package mlops.cli;

import static mlops.cli.Crash.Kind.CHANGE;
import static mlops.cli.Crash.Kind.LOOK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import mlops.Program;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code mlops replay} that dies at one of its requests, or loses an answer: run again, it ends as
 * if nothing had happened, with nothing there twice. The property {@code mlops.crashes} says at how
 * many of those that may change something, each in three ways, 4 if it is not set; {@code 52-82}
 * takes these, {@code changes} each of them, {@code looks} each request that only looks, {@code
 * looks 52-82} these of them, {@code all} each request. {@code src/bench/crash-matrix} sets it.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrashMatrixCheck {
  private static final String CRASHES = System.getProperty("mlops.crashes", "4");
  private static final long SEED = Long.getLong("mlops.seed", 20261130);

  @TempDir Path folder;

  @Test
  void a_replay_that_died_anywhere_is_finished_by_the_next() {
    Site whole = Site.tiny(folder.resolve("whole"));
    Crash changes = new Crash(Crash.Moment.DROP_AFTER, -1, CHANGE);
    Crash looks = new Crash(Crash.Moment.DROP_AFTER, -1, LOOK);
    whole.mlops().through(http -> looks.around(changes.around(http)));
    assertEquals(0, whole.run("replay"), whole::said);
    List<String> expected = StateImage.of(whole.state());
    List<String> wrong = new ArrayList<>();
    for (Crash.Kind kind : kinds()) {
      int seen = (kind == LOOK ? looks : changes).seen();
      int before = wrong.size();
      int done = 0;
      for (int number : numbers(seen)) {
        for (Crash.Moment moment : kind.moments()) {
          Crash crash = new Crash(moment, number, kind);
          String found = died(crash, expected, folder.resolve("" + moment + kind + number));
          done += crash.request().isEmpty() ? 0 : 1;
          if (!found.isEmpty()) {
            System.out.println("ended otherwise: " + crash);
            wrong.add(crash + "\n" + found);
          }
        }
      }
      System.out.printf(
          "crash matrix: %d crashes of a replay with %d of the kind %s, %d ended otherwise, seed %d%n",
          done, seen, kind, wrong.size() - before, SEED);
    }
    assertEquals(List.of(), wrong, "seed " + SEED);
  }

  @Test
  void an_answer_that_connect_loses_is_made_good_at_once() {
    int changes = 0;
    boolean lost = true;
    while (lost) {
      changes++;
      TaxiRepository taxi = TaxiRepository.in(folder.resolve("connect-" + changes));
      Crash crash = new Crash(Crash.Moment.DROP_AFTER, changes, CHANGE);
      taxi.mlops().through(crash::around);
      assertEquals(0, taxi.run(TaxiRepository.CONNECT), () -> crash + taxi.mlops().err());
      for (String env : List.of("dev", "test", "prod")) {
        assertEquals(1, taxi.subjects(env).size(), () -> env + " after " + crash);
      }
      String plan = TaxiRepository.CONNECT + " --plan --detailed-exitcode";
      assertEquals(0, taxi.run(plan), () -> crash + taxi.mlops().out());
      lost = !crash.request().isEmpty();
    }
    assertTrue(changes > 20, "it changed " + changes);
  }

  @Test
  void the_option_kills_the_process_itself() throws IOException, InterruptedException {
    Path faults =
        Files.writeString(
            folder.resolve("faults.yml"),
            "faults: [{when: PUT */workspaces/*, at: 2, kill: after}]");
    Path state = folder.resolve("killed");
    Process killed =
        new ProcessBuilder(
                Program.mlops("bootstrap", "--state", "" + state, "--faults", "" + faults))
            .redirectErrorStream(true)
            .start();
    String said = new String(killed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(137, killed.waitFor(), said);
    assertEquals(1, Files.readAllLines(state.resolve(".faults.log")).size());
    Transcript mlops = Transcript.of(state).jobsHere();
    assertEquals(0, mlops.run("bootstrap"), mlops::err);
  }

  private static List<Crash.Kind> kinds() {
    return CRASHES.equals("all")
        ? List.of(Crash.Kind.values())
        : List.of(CRASHES.startsWith("looks") ? LOOK : CHANGE);
  }

  private static List<Integer> numbers(int count) {
    String which = CRASHES.replace("looks", "").strip();
    if (which.contains("-")) {
      String[] ends = which.split("-", 2);
      return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]))
          .boxed()
          .toList();
    }
    Random random = new Random(SEED);
    return which.matches("\\d+")
        ? random.ints(Integer.parseInt(which), 1, count + 1).boxed().toList()
        : IntStream.rangeClosed(1, count).boxed().toList();
  }

  /** What is wrong in the end; empty where nothing is. */
  private static String died(Crash crash, List<String> expected, Path folder) {
    Site site = Site.tiny(folder);
    site.mlops().through(crash::around);
    int first = site.run("replay");
    if (first != 0 && crash.request().isEmpty()) {
      return "it failed by itself: " + site.said();
    }
    if (crash.isDrop() && first != 0) {
      return "a lost answer was not made good: " + site.said();
    }
    site.mlops().through(http -> http);
    if (site.run("replay") != 0) {
      return "run again, it failed: " + site.said();
    }
    List<String> difference = StateImage.difference(expected, StateImage.of(site.state()));
    return String.join("\n", difference);
  }
}
