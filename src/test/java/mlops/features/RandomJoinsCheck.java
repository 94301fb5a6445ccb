package mlops.features;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand random joins beside a loop over all rows. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RandomJoinsCheck {
  @TempDir Path folder;

  @Test
  void ours_and_a_loop_over_all_rows_say_the_same_a_thousand_times() throws Exception {
    for (long seed = 1000; seed < 2000; seed++) {
      new RandomJoin(seed, Files.createDirectory(folder.resolve("seed-" + seed))).check();
    }
  }
}
