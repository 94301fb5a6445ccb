package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that was set back is told as such, and not waited for. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class MovedClockTest {
  @TempDir Path folder;

  @Test
  void every_command_says_so_at_once_until_it_is_right_or_all_begins_anew() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    String noted = site.read(".mlops/.clock");
    // to use it in two hours and to set the clock back two hours looks the same
    site.write(".mlops/.clock", Instant.parse(noted).plus(2, ChronoUnit.HOURS).toString());
    for (List<String> words :
        List.of(
            List.of("bootstrap"),
            List.of("batch-score", "--env", "test"),
            List.of("local", "status"))) {
      assertEquals(1, site.mlops().run(with(site, words)), site::said);
      assertTrue(site.mlops().err().contains("the clock of this machine was set back"));
      assertTrue(site.mlops().err().matches("(?s).*(1 h 59|2 h 0) min later.*"), site::said);
    }
    site.write(".mlops/.clock", Instant.parse(noted).plusSeconds(20).toString());
    assertEquals(0, site.run("bootstrap"), site::said);
    site.write(".mlops/.clock", "nonsense");
    assertEquals(0, site.run("bootstrap"), site::said);
    site.write(".mlops/.clock", "2999-01-01T00:00:00Z");
    assertEquals(0, site.mlops().run("local", "reset", "--yes"), site::said);
    assertEquals(0, site.run("bootstrap"), site::said);
  }

  private static String[] with(Site site, List<String> words) {
    List<String> all = new java.util.ArrayList<>(words);
    all.addAll(List.of("--profile", site.path("mlops.yml").toString()));
    return all.toArray(String[]::new);
  }
}
