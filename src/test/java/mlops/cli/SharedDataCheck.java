package mlops.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trips of another source in the place of the sample's own. {@code -Dmlops.trips=FOLDER} names a
 * folder with real ones: taxi-data.csv, taxi-batch.csv and taxi-request.json.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SharedDataCheck {
  private static final String FREE_RIDE =
      "3000,0.01,0.01,40.75049591064453,-73.99478149414062,1,40.75049591064453,-73.99478149414062,0,2,6,1,3,21,2,35,6,1,3,21,2,35\n";

  @TempDir Path folder;

  @Test
  void other_trips_dropped_into_the_data_folder_just_work() throws Exception {
    Site site = Site.sample(folder.resolve("site"));
    Optional<Path> named = Optional.ofNullable(System.getProperty("mlops.trips")).map(Path::of);
    Path trips = named.isPresent() ? named.get() : made(site);
    for (String name : List.of("taxi-data.csv", "taxi-batch.csv", "taxi-request.json")) {
      Path place = site.path("data/" + name);
      Files.copy(trips.resolve(name), place, StandardCopyOption.REPLACE_EXISTING);
    }
    assertEquals(0, site.run("replay", "-o", "json"), site::said);
    assertTrue(
        site.mlops().json().at("/result/train/metrics/r2").asDouble() > 0.85,
        () -> site.mlops().json().path("result").toPrettyString());
    assertEquals(Site.rows(site.path("data/taxi-batch.csv")) - 1, site.predictions("test").size());
    assertEquals(site.predictions("test"), site.predictions("prod"));
  }

  /** Fewer trips than the sample has, by other people, one of which no real cab can have made. */
  private Path made(Site site) throws IOException, InterruptedException {
    Path trips = folder.resolve("trips");
    List<String> line = new ArrayList<>(List.of("python3", site.path("data/generate.py") + ""));
    line.addAll(List.of("--seed", "7", "--rows", "3000", "--batch_rows", "300"));
    line.addAll(List.of("--out", trips + ""));
    Process python = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(python.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, python.waitFor(), said);
    Files.writeString(trips.resolve("taxi-data.csv"), FREE_RIDE, StandardOpenOption.APPEND);
    return trips;
  }
}
