package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops features apply}: what a folder defines stands in Azure, and stays what it was. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeaturesApplyTest {
  private static final String SET = "feature-set.zone_hourly.1";
  private static final String SOURCE =
      "abfss://fs-taxi@stgaccmlops2demodemo.dfs.core.windows.net/sources/zone_hourly/zone-trips.csv";
  private static final String SPEC = "features/zone_hourly/spec/FeatureSetSpec.yaml";

  @TempDir Path folder;

  private Site site() throws IOException {
    return site(folder);
  }

  /** The tiny sample with the definitions of features. */
  static Site site(Path folder) throws IOException {
    Site site = Site.tiny(folder);
    for (String file :
        List.of(
            "featurestore.yml",
            "zone.yml",
            "zone_hourly/zone_hourly.yml",
            "zone_hourly/spec/FeatureSetSpec.yaml")) {
      site.write("features/" + file, Files.readString(Path.of("features", file)));
    }
    return site;
  }

  @Test
  void a_store_is_made_once_and_what_may_change_changes() throws IOException {
    Site site = site();
    assertEquals(1, site.run("features", "apply"), site::said);
    assertTrue(site.said().contains("mlops bootstrap"), site::said);
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(0, site.run("features", "apply", "--plan", "--explain"), site::said);
    assertTrue(
        site.said()
            .contains(
                "az ml feature-set create --file features/zone_hourly/zone_hourly.yml --feature-store-name fs-taxi"),
        site::said);
    assertEquals(0, site.run("features", "apply"), site::said);

    assertEquals(0, site.run("features", "apply", "-o", "json"), site::said);
    for (JsonNode step : site.mlops().json().path("steps")) {
      assertEquals("unchanged", step.path("outcome").asText(), step::toString);
    }
    assertEquals(
        2, filesThatName(site, SOURCE), "the version, and the specification in its datastore");

    site.change("features/zone_hourly/zone_hourly.yml", "stage: Development", "stage: Production");
    site.change("features/featurestore.yml", "\"3.5\"", "\"3.4\"");
    site.write("data/zone-trips.csv", site.read("data/zone-trips.csv") + "\n");
    assertEquals(0, site.run("features", "apply", "-o", "json"), site::said);
    for (String changed : List.of("feature-store", SET, "source.zone_hourly.1")) {
      assertEquals(Optional.of("applied"), site.outcome(changed), site::said);
    }
    assertEquals(Optional.of("unchanged"), site.outcome("entity.zone.1"));
  }

  private static long filesThatName(Site site, String name) throws IOException {
    try (Stream<Path> all = Files.walk(site.state())) {
      return all.filter(Files::isRegularFile).filter(p -> contains(p, name)).count();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.size(file) < 1_000_000 && Files.readString(file).contains(text);
    } catch (IOException e) {
      return false; // bytes
    }
  }

  @Test
  void a_version_with_another_content_is_refused_with_the_next_free_one() throws IOException {
    Site site = site();
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(0, site.run("features", "apply"), site::said);
    site.change(SPEC, "hours: 24", "hours: 12");

    assertEquals(3, site.run("features", "apply"), site::said);
    assertTrue(
        site.said()
            .contains("feature set zone_hourly:1 exists with another content: specification"),
        site::said);
    assertTrue(site.said().contains("Give the file version \"2\"."), site::said);

    site.change("features/zone_hourly/zone_hourly.yml", "version: \"1\"", "version: \"2\"");
    assertEquals(0, site.run("features", "apply", "-o", "json"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("feature-set.zone_hourly.2"));
    site.change("features/zone.yml", "type: string", "type: integer");
    site.change(SPEC, "name: zone\n    type: string", "name: zone\n    type: integer");
    assertEquals(3, site.run("features", "apply"), site::said);
    assertTrue(
        site.said().contains("entity zone:1 exists with another content: indexColumns"),
        site::said);
  }

  @Test
  void a_folder_without_a_store_and_a_store_that_is_a_workspace_are_refused() throws IOException {
    Site site = site();
    assertEquals(2, site.run("features", "apply", site.path("data").toString()), site::said);
    assertEquals(0, site.run("bootstrap"), site::said);
    site.change("features/featurestore.yml", "name: fs-taxi", "name: ml-mlopsdemo-demo-01");
    assertEquals(3, site.run("features", "apply"), site::said);
    assertTrue(
        site.said().contains("ml-mlopsdemo-demo-01 is there as a workspace of kind Default"),
        site::said);
    Files.delete(site.path("features/featurestore.yml"));
    assertEquals(2, site.run("features", "apply"), site::said);
    assertTrue(site.said().contains("defines a feature store"), site::said);
    assertTrue(site.said().contains("Write featurestore.yml there, with a name."), site::said);
  }
}
