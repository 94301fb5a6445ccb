package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.state.StateTree;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what serves back to what it was made of, where models are copied. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class LineageCommandTest {
  private static final String BLOB_OWNER = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";

  @TempDir Path folder;

  @Test
  void each_link_is_asked_for_and_a_broken_one_is_named() {
    Site site = Site.tiny(folder);
    site.change(
        "dev/pipeline.yml",
        "inputs:\n  factor: 2",
        "inputs:\n  raw:\n    type: uri_folder\n    path: ../data\n  factor: 2");
    assertEquals(0, site.run("replay", "--until", "promote-test"), site::said);
    assertEquals(0, site.run("lineage", "--env", "test"), site::said);
    for (String said :
        List.of(
            "= deployment   batch-dp-mlopsdemo-test of taxifare-b-mldemo-t-demo",
            "= trained as   taxi-model-mlops-demo version 1 in dev",
            "? commit       none",
            "= data         raw: azureml://datastores/workspaceblobstore/paths/LocalUpload/")) {
      assertTrue(site.mlops().out().contains(said), site::said);
    }
    assertEquals(0, site.run("lineage", "--env", "dev", "-o", "json"), site::said);
    String job = id(site, "job");

    StateTree state = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults()).state();
    ObjectNode original = state.read(job).orElseThrow();
    state.delete(job);
    broken(site, "job", "gone");
    state.write(job, original);

    assertEquals(0, site.run("lineage", "--env", "test", "-o", "json"), site::said);
    String trained = id(site, "trained as");
    ObjectNode version = state.read(trained).orElseThrow();
    String data = version.at("/properties/tags/data.raw").asText();
    assertTrue(data.startsWith("azureml://datastores/workspaceblobstore/paths/Local"), data);
    ObjectNode retagged = version.deepCopy();
    retagged.withObject("/properties/tags").put("content", "other");
    state.write(trained, retagged);
    broken(site, "job", "differs: what was submitted is not what the model notes");
    ObjectNode changed = version.deepCopy();
    changed.withObject("/properties/properties").put("mlops.manifest", "{\"factor.txt\":\"00\"}");
    state.write(trained, changed);
    broken(site, "trained as", "differs: manifest: factor.txt has other content");
    state.delete(trained);
    broken(site, "trained as", "gone");
  }

  @Test
  void who_asks_for_nothing_that_is_there_is_told_what_to_do() {
    Site site = Site.tiny(folder);
    assertEquals(0, site.run("bootstrap"), site::said);
    assertEquals(1, site.run("lineage"), site::said);
    assertTrue(site.said().contains("nothing serves in prod"), site::said);
    assertTrue(site.said().contains("mlops promote --to prod"), site::said);
    assertEquals(1, site.run("lineage", "--env", "dev"), site::said);
    assertTrue(site.said().contains("mlops train"), site::said);
    assertEquals(1, site.run("lineage", "x:7"), site::said);
    assertTrue(
        site.said().contains("there is no x version 7 (ml-mlopsdemo-demo-03: none"), site::said);
    assertEquals(2, site.run("lineage", "a/b"), site::said);
    assertEquals(2, site.run("lineage", "azureml://x"), site::said);
    assertEquals(2, site.run("lineage", "--env", "pord"), site::said);

    String profile = site.path("mlops.yml").toString();
    JsonNode denied =
        Colleague.holding(BLOB_OWNER, site.state()).run(3, "lineage", "--profile", profile);
    JsonNode link = denied.at("/result/links/0");
    assertEquals("broken", link.path("state").asText(), denied::toPrettyString);
    assertTrue(link.path("said").asText().startsWith("not readable by "), link::toString);
    assertEquals("LineageBroken", denied.at("/error/code").asText(), denied::toString);
  }

  private static String id(Site site, String kind) {
    for (JsonNode link : site.mlops().json().at("/result/links")) {
      if (link.path("link").asText().equals(kind)) {
        return link.path("id").asText();
      }
    }
    throw new AssertionError(site.said());
  }

  /** Exactly one link is broken, and it is named in both formats. */
  private static void broken(Site site, String kind, String why) {
    assertEquals(3, site.run("lineage", "--env", "test"), site::said);
    assertTrue(site.mlops().err().contains("the lineage in test is broken: " + kind), site::said);
    assertTrue(site.mlops().err().contains(why), site::said);
    assertEquals(3, site.run("lineage", "--env", "test", "-o", "json"), site::said);
    Map<String, String> broken = new TreeMap<>();
    for (JsonNode link : site.mlops().json().at("/result/links")) {
      if (link.path("state").asText().equals("broken")) {
        broken.put(link.path("link").asText(), link.path("said").asText());
      }
    }
    assertEquals(Map.of(kind, why), broken, site::said);
    assertEquals(false, site.mlops().json().at("/result/whole").asBoolean(true));
  }
}
