package mlops.features;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A few random joins beside a loop over all rows; {@link RandomJoinsCheck} has a thousand. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RandomJoinsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
  void ours_and_a_loop_over_all_rows_say_the_same(long seed) throws Exception {
    new RandomJoin(seed, folder).check();
  }
}
