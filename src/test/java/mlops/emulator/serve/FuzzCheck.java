package mlops.emulator.serve;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand requests that nobody would send. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FuzzCheck {
  @Test
  @Timeout(600)
  void none_is_answered_by_a_bug_a_trace_or_silence(@TempDir Path folder) throws Exception {
    Fuzz.send(Integer.getInteger("mlops.fuzz", 10_000), folder);
  }
}
