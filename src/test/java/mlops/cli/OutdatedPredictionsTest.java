package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops compare} vouches for what serves now, not for files that happen to lie there. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OutdatedPredictionsTest {
  private Site site;

  @BeforeAll
  void replay(@TempDir Path folder) {
    site = Site.tiny(folder);
    assertEquals(0, site.run("replay"), site::said);
    assertEquals(0, site.run("compare"), site::said);
  }

  @Test
  @Order(1)
  void another_suffix_or_a_broken_note_is_not_vouched_for() throws IOException {
    fails(1, "PredictionsOfAnother", "compare", "--suffix", "other");
    assertTrue(
        site.mlops().err().contains("→ Score here: mlops batch-score --env test --download "));
    Path note = site.path("predictions/test/origin.json");
    byte[] before = Files.readAllBytes(note);
    Files.writeString(note, "{");
    fails(2, "origin.json cannot be read", "compare");
    Files.delete(note);
    assertEquals(0, site.run("compare"), site::said); // files from elsewhere are taken as they are
    Files.write(note, before);
  }

  @Test
  @Order(2)
  void a_model_that_came_after_the_scoring_makes_its_predictions_outdated() {
    assertEquals(0, site.run("train", "--set", "inputs.factor=4"), site::said);
    assertEquals(0, site.run("promote", "--to", "test"), site::said);
    fails(1, "PredictionsOutdated", "compare");
    assertEquals(0, site.run("batch-score", "--env", "test"), site::said);
    assertEquals(3, site.run("compare"), site::said); // and now they differ
  }

  @Test
  @Order(3)
  void a_deployment_that_was_named_counts_though_it_is_not_the_default() {
    String old = "batch-dp-mlopsdemo-test";
    String[] score = {"batch-score", "--env", "test", "--deployment", old};
    assertEquals(0, site.run(score), site::said);
    assertEquals(0, site.run("compare"), site::said);
  }

  @Test
  @Order(4)
  void a_new_azure_knows_nothing_of_the_scoring() {
    assertEquals(0, site.mlops().run("local", "reset", "--yes"), site::said);
    fails(1, "PredictionsOfAnother", "compare");
  }

  private void fails(int code, String text, String... words) {
    assertEquals(code, site.run(words), site::said);
    assertTrue(site.mlops().err().contains(text), site::said);
  }
}
