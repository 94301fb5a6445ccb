package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import mlops.Shared;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide with real taxi trips in the place of the sample's own. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedDataTest {
  @TempDir Path folder;

  @Test
  void real_trips_dropped_into_the_data_folder_just_work() throws IOException {
    Path real = Shared.path("data/taxi-data.csv").resolveSibling("");
    Site site = Site.sample(folder);
    for (String name : new String[] {"taxi-data.csv", "taxi-batch.csv", "taxi-request.json"}) {
      Files.copy(
          real.resolve(name), site.path("data/" + name), StandardCopyOption.REPLACE_EXISTING);
    }
    assertEquals(0, site.run("replay", "-o", "json"), site::said);
    assertTrue(
        site.mlops().json().at("/result/train/metrics/r2").asDouble() > 0.85,
        () -> site.mlops().json().path("result").toPrettyString());
    assertEquals(Site.rows(site.path("data/taxi-batch.csv")) - 1, site.predictions("test").size());
    assertEquals(site.predictions("test"), site.predictions("prod"));
  }
}
