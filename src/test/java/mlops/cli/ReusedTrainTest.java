package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job of another content whose steps are all the same: it registers nothing, and that is fine.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReusedTrainTest {
  @TempDir Path folder;

  @Test
  void the_version_of_the_steps_that_were_reused_stands() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    String first = site.read("dev/pipeline.yml");
    for (String edit : new String[] {"", "one", "another", "a third"}) {
      site.write("dev/pipeline.yml", first + "description: " + edit + "\n");
      assertEquals(0, site.run("train", "-o", "json"), site::said);
      String version = site.mlops().json().at("/result/version").asText();
      assertEquals(0, site.run("train", "-o", "json"), site::said);
      assertEquals(version, site.mlops().json().at("/result/version").asText());
    }
  }
}
