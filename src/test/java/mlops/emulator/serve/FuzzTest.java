package mlops.emulator.serve;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two thousand requests that nobody would send; ten thousand are {@link FuzzCheck}. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FuzzTest {
  @Test
  @Timeout(600)
  void none_is_answered_by_a_bug_a_trace_or_silence(@TempDir Path folder) throws Exception {
    Fuzz.send(2_000, folder);
  }
}
