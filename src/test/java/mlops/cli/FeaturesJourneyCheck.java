package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops replay --features} with the real sample: both trainings, side by side. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeaturesJourneyCheck {
  @TempDir Path folder;

  @Test
  void with_and_without_features_are_held_side_by_side_and_again_nothing_changes() {
    Site site = Site.sample(folder);
    Site.copy(Path.of("features"), site.path("features"));
    String suffix = "two"; // another than the retrieval spec of the sample is written for
    site.change("mlops.yml", "suffix: demo", "suffix: " + suffix);
    assertEquals(0, site.run("replay", "--features", "-o", "json"), site::said);
    JsonNode features = site.mlops().json().at("/result/features");
    for (String which : new String[] {"without", "with"}) {
      double r2 = features.path(which).path("r2").asDouble();
      assertTrue(r2 > 0.95 && r2 < 1, features::toString);
    }
    assertEquals("taxi-zone-model-mlops-demo", features.at("/train/model").asText());
    assertTrue(site.read("report.html").contains("r2 with features"));
    assertEquals(Optional.of("applied"), site.outcome("retrieve.prod"), site::said);
    assertEquals(Optional.of("applied"), site.outcome("materialize.zone_hourly.1"), site::said);
    assertEquals(1500, site.predictions("test").size());
    assertEquals(site.predictions("test"), site.predictions("prod"));
    assertEquals(0, site.run("jobs", "--env", "dev"), site::said);
    assertTrue(site.said().contains("taxi-zone-model-mlops-demo 1"), site::said);
    assertEquals(0, site.run("guide"), site::said);
    assertTrue(site.said().contains("✓ endpoint serves it"), site::said);
    assertEquals(3, site.run("batch-score", "--env", "test"), site::said);

    assertEquals(0, site.run("replay", "--features", "-o", "json"), site::said);
    Set<String> outcomes = new TreeSet<>();
    site.mlops().json().path("steps").forEach(s -> outcomes.add(s.path("outcome").asText()));
    assertEquals(Set.of("unchanged"), outcomes, site::said);
    assertEquals(0, site.run("replay", "--features"), site::said);
    assertTrue(site.said().contains("without features  with features"), site::said);
  }
}
