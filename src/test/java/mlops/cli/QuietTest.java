package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code -q} a command that goes well says nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class QuietTest {
  @TempDir Path folder;

  @Test
  void nothing_is_said_where_all_goes_well() {
    Site site = Site.tiny(folder);
    site.change("dev/score/score.py", "def init():", "def init():\n    print('warning: x')");
    for (String line :
        List.of(
            "bootstrap --plan",
            "bootstrap",
            "train --no-wait",
            "train",
            "promote --to test",
            "batch-score --env test",
            "promote --to prod",
            "batch-score --env prod",
            "compare",
            "report",
            "replay",
            "train --set inputs.factor=3",
            "promote --to test",
            "rollback --env test")) {
      List<String> words = new ArrayList<>(List.of(line.split(" ")));
      words.add("-q");
      assertEquals(0, site.run(words.toArray(String[]::new)), site::said);
      assertEquals("", site.said(), line);
    }
    assertEquals(0, site.mlops().run("local", "reset", "--yes", "-q"), site::said);
    assertEquals("", site.said());
  }
}
