package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where somebody is in the guide, read from Azure. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GuideCommandTest {
  @TempDir Path folder;

  private JsonNode guide(Site site) {
    assertEquals(0, site.run("guide", "-o", "json"), site::said);
    return site.mlops().json().path("result");
  }

  private static List<Integer> done(JsonNode guide) {
    return guide.path("chapters").findValues("done").stream().map(JsonNode::asInt).toList();
  }

  @Test
  void it_follows_what_stands_in_azure_chapter_by_chapter() {
    Site site = Site.tiny(folder);
    JsonNode before = guide(site);
    assertEquals("set-up", before.path("here").asText());
    assertEquals(
        List.of("set-up", "dev", "test", "prod", "review"),
        before.path("chapters").findValuesAsText("id"));
    assertEquals(0, done(before).get(0));
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
    JsonNode between = guide(site);
    assertEquals("test", between.path("here").asText());
    JsonNode dev = between.path("chapters").get(1);
    assertEquals(dev.path("steps").asInt(), dev.path("done").asInt());
    assertEquals(
        "mlops batch-score --env test", between.at("/chapters/2/next/1").asText(), site::said);
    assertEquals(0, site.run("guide", "test"), site::said);
    String page = site.mlops().out();
    assertTrue(page.contains("▸ 3  test"), page);
    assertTrue(page.contains("✓ model trained"), page);
    assertTrue(page.contains("✓ endpoint serves it     · nothing serves it"), page);
    assertTrue(page.contains("  mlops batch-score --env test --force   # exit code 1"), page);
  }

  @Test
  void an_exercise_that_a_pipeline_has_no_input_for_is_left_out() {
    Site site = Site.tiny(folder);
    assertTrue(guide(site).at("/chapters/1/exercise").isMissingNode(), site::said);
    assertEquals(0, site.run("guide", "2"), site::said);
    assertTrue(site.mlops().out().contains("A model, and the gate"), site::said);
  }

  @Test
  void a_chapter_that_is_not_there_is_named() {
    Site site = Site.tiny(folder);
    assertEquals(2, site.run("guide", "tset"));
    assertTrue(site.mlops().err().contains("Did you mean test?"), site::said);
    assertEquals(2, site.run("guide", "9"));
    assertTrue(site.mlops().err().contains("set-up, dev, test, prod, review"), site::said);
  }
}
