package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two who share the same model at the same moment. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedByTwoCheck {
  @TempDir Path folder;

  @Test
  void two_at_once_share_one() throws Exception {
    Site site = SharedOnceTest.trained(folder);
    String[] words = {"replay", "--via", "registry", "--until", "promote-test"};
    Mlops one = Mlops.start(site, words);
    Mlops other = Mlops.start(site, words);
    assertEquals(0, one.end(), one::said);
    assertEquals(0, other.end(), other::said);
    assertEquals(1, SharedOnceTest.shared(site).count());
  }
}
