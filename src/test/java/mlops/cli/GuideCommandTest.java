package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
        List.of("set-up", "dev", "test", "prod", "review", "github"),
        before.path("chapters").findValuesAsText("id"));
    assertEquals(0, done(before).get(0));
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
    JsonNode between = guide(site);
    assertEquals("test", between.path("here").asText());
    JsonNode dev = between.path("chapters").get(1);
    assertEquals(dev.path("steps").asInt(), dev.path("done").asInt());
    assertEquals(
        "mlops batch-score --env test --profile " + site.path("mlops.yml"),
        between.at("/chapters/2/next/1").asText());
    assertEquals(0, site.run("guide", "test"), site::said);
    String page = site.mlops().out();
    assertTrue(page.contains("▸ 3  test"), page);
    assertTrue(page.contains("✓ model trained"), page);
    assertTrue(page.contains("✓ endpoint serves it     · nothing serves it"), page);
    assertTrue(
        page.contains(" --force --profile " + site.path("mlops.yml") + "   # exit code 1"), page);
    wholeOnOnePage(site);
  }

  private static void wholeOnOnePage(Site site) {
    String file = site.path("guide.html").toString();
    assertEquals(0, site.run("guide", "--html", "--out", file, "-o", "json"), site::said);
    assertEquals(file, site.mlops().json().at("/result/file").asText());
    String page = site.read("guide.html");
    for (String shown :
        List.of(
            "comes next, ",
            "<dt>why</dt>",
            "GET https://management.azure.com/subscriptions/",
            "Who may write to storage account stgaccmlops2demodemo",
            "by its own login",
            "The steps of the pipeline: judge, register after judge",
            "<summary>Log of register</summary>",
            "<b>0.9000</b><span>r2</span>",
            "factor.txt",
            "Files in mlopsdemotest")) {
      assertTrue(page.contains(shown), () -> shown + " is not in it");
    }
    for (String other : List.of("<script", "src=\"h", "url(", "@import", "style=\"", "***")) {
      assertFalse(page.contains(other), () -> other + " is in it");
    }
    keys(site).forEach(key -> assertFalse(page.contains(key), "a key is in it"));
    assertEquals(0, site.run("guide", "--html", "--out", file), site::said);
    site.write("guide.html", "mine");
    assertEquals(2, site.run("guide", "--html", "--out", file), site::said);
    assertTrue(site.mlops().err().contains("is no guide and would be lost"), site::said);
    assertEquals("mine", site.read("guide.html"));
  }

  /** The keys of all storage accounts. */
  private static List<String> keys(Site site) {
    try (Stream<Path> files = Files.walk(site.state())) {
      List<String> keys = new ArrayList<>();
      for (Path file : files.filter(f -> f.endsWith("account.keys")).toList()) {
        keys.addAll(Files.readAllLines(file));
      }
      assertFalse(keys.isEmpty(), "there are no keys");
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void options_that_contradict_each_other_are_named() {
    Site site = Site.tiny(folder);
    assertEquals(2, site.run("guide", "2", "--html"), site::said);
    assertTrue(site.mlops().err().contains("Leave out one of the two"), site::said);
    assertEquals(2, site.run("guide", "--out", "x.html"), site::said);
    assertTrue(site.mlops().err().contains("Add --html"), site::said);
  }

  @Test
  void an_exercise_that_a_pipeline_has_no_input_for_is_left_out() {
    Site site = Site.tiny(folder);
    assertTrue(guide(site).at("/chapters/1/exercises").isEmpty(), site::said);
    assertEquals(0, site.run("guide", "2"), site::said);
    assertTrue(site.mlops().out().contains("A model, and the gate"), site::said);
  }

  @Test
  void features_have_a_chapter_where_they_are_defined() {
    Site site = Site.tiny(folder);
    Site.copy(Path.of("features"), site.path("features"));
    JsonNode chapter = guide(site).at("/chapters/6");
    assertEquals("features", chapter.path("id").asText());
    assertEquals("0 of 17", chapter.path("done").asInt() + " of " + chapter.path("steps").asInt());
    assertTrue(chapter.path("next").toString().contains("get zone=Chelsea --at 2015-08-01"));
    assertEquals(3, chapter.at("/exercises/0/lines/1/exitCode").asInt());
  }

  @Test
  void a_mistake_in_the_definitions_of_features_is_told_and_the_rest_of_the_guide_stands() {
    Site site = Site.tiny(folder);
    Site.copy(Path.of("features"), site.path("features"));
    site.change("features/zone.yml", "index_columns", "index_colums");
    JsonNode guide = guide(site);
    assertEquals(7, guide.path("chapters").size());
    assertEquals("set-up", guide.path("here").asText());
    assertTrue(guide.path("mistake").asText().contains("zone.yml:6:1"), site::said);
    assertEquals(0, site.run("guide", "features"), site::said);
    String page = site.mlops().out();
    assertTrue(page.contains("zone.yml:6:1 unknown key index_colums"), page);
    assertTrue(page.contains("→ Mend it; mlops features validate"), page);
    assertEquals("", site.mlops().err());
    String file = site.path("guide.html").toString();
    assertEquals(0, site.run("guide", "--html", "--out", file), site::said);
    assertTrue(site.read("guide.html").contains("unknown key index_colums"));
    assertEquals(0, site.run("status"), site::said);
  }

  @Test
  void a_chapter_that_is_not_there_is_named() {
    Site site = Site.tiny(folder);
    assertEquals(2, site.run("guide", "tset"));
    assertTrue(site.mlops().err().contains("Did you mean test?"), site::said);
    assertEquals(2, site.run("guide", "9"));
    assertTrue(site.mlops().err().contains("set-up, dev, test, prod, review, github"), site::said);
  }
}
