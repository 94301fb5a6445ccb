package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample of what {@link CrashMatrixCheck} does with a whole replay. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class CrashedBootstrapTest {
  private static final List<Crash.Moment> MOMENTS = List.of(Crash.Moment.values());

  private static final long SEED = 20261130;

  @TempDir Path folder;

  @Test
  void a_bootstrap_that_dies_again_and_again_ends_as_if_nothing_had_happened() {
    Transcript whole = Transcript.of(folder.resolve("whole")).jobsHere();
    assertEquals(0, whole.run("bootstrap"), whole::err);
    Random random = new Random(SEED);
    Transcript mlops = Transcript.of(folder.resolve("state")).jobsHere();
    int crashes = 0;
    boolean done = false;
    while (!done) {
      Crash.Moment moment = MOMENTS.get(crashes % MOMENTS.size());
      Crash crash = new Crash(moment, 1 + random.nextInt(16), Crash.Kind.CHANGE);
      mlops.through(crash::around);
      int exit = mlops.run("bootstrap");
      done = crash.request().isEmpty();
      crashes += done ? 0 : 1;
      boolean well = done || crash.isDrop();
      assertEquals(well ? 0 : 1, exit, () -> crash + mlops.err());
      done = well;
    }
    assertTrue(crashes >= 3, "it died %d times".formatted(crashes));
    List<String> expected = StateImage.of(folder.resolve("whole"));
    List<String> found = StateImage.of(folder.resolve("state"));
    assertEquals(List.of(), StateImage.difference(expected, found), "seed " + SEED);
  }
}
