package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mlops destroy}: what bootstrap made goes, and nothing else. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DestroyCommandTest {
  private static final String ML = "/resourceGroups/rg-demo-mlops-demo";
  private static final String STORAGE = "/resourceGroups/rg-demo-mlops-storage-demo";
  private static final String WORKSPACES =
      ML + "/providers/Microsoft.MachineLearningServices/workspaces/";
  private static final String ACCOUNT =
      STORAGE + "/providers/Microsoft.Storage/storageAccounts/stgaccmlops2demodemo";
  private static final String ML_API = "?api-version=2024-04-01";
  private static final String GROUP_API = "?api-version=2021-04-01";
  private static final String STORAGE_API = "?api-version=2023-05-01";

  private final Site site;

  DestroyCommandTest(@TempDir Path folder) {
    site = Site.sample(folder);
  }

  @BeforeEach
  void bootstrap() {
    assertEquals(0, site.run("bootstrap", "-q"), site::said);
  }

  @Test
  void nothing_goes_unless_somebody_types_the_suffix() {
    Site.copy(Path.of("features"), site.path("features"));
    assertEquals(0, site.run("features", "apply", "-q"), site::said);
    assertEquals(2, site.run("destroy"), site::said);
    assertTrue(site.said().contains("Nothing was deleted: nobody agreed"), site::said);
    assertEquals(2, site.run("destroy", "-o", "json"), site::said);
    assertEquals("InvalidInput", site.mlops().json().at("/error/code").asText());
    site.mlops().typing("other\n");
    assertEquals(2, site.run("destroy"), site::said);
    assertTrue(site.said().contains("Plan: 25 to delete"), site::said);
    assertTrue(site.said().contains("Type the suffix, demo: "), site::said);
    assertEquals(200, get(WORKSPACES + "ml-mlopsdemo-demo-01" + ML_API).status());
    site.mlops().typing("demo\n");
    assertEquals(0, site.run("destroy"), site::said);
    assertEquals(404, get(ML + GROUP_API).status());
    assertEquals(404, get(STORAGE + GROUP_API).status());
    assertEquals(0, site.run("destroy"), site::said);
    assertTrue(site.said().contains("Plan: 33 unchanged"), site::said);
  }

  @Test
  void what_others_made_stays_and_keeps_alive_what_it_lies_in() {
    String vault = ML + "/providers/Microsoft.KeyVault/vaults/kv-of-others";
    String body =
        "{\"location\":\"eastus2\",\"properties\":{\"tenantId\":\"11111111-1111-1111-1111-111111111111\",\"sku\":{\"family\":\"A\",\"name\":\"standard\"},\"accessPolicies\":[]}}";
    assertEquals(200, send("PUT", vault + "?api-version=2023-07-01", body).status());
    String container = ACCOUNT + "/blobServices/default/containers/theirs" + STORAGE_API;
    assertEquals(201, send("PUT", container, "{\"properties\":{}}").status());
    JsonNode parts = get(WORKSPACES + "ml-mlopsdemo-demo-01" + ML_API).json().path("properties");
    String workspace =
        "{\"location\":\"eastus2\",\"identity\":{\"type\":\"SystemAssigned\"},\"properties\":{\"storageAccount\":%s,\"keyVault\":%s,\"applicationInsights\":%s}}"
            .formatted(
                parts.get("storageAccount"),
                parts.get("keyVault"),
                parts.get("applicationInsights"));
    assertEquals(200, send("PUT", WORKSPACES + "ml-theirs" + ML_API, workspace).status());

    assertEquals(0, site.run("destroy", "--yes"), site::said);

    for (String said :
        new String[] {
          "stays, for it holds ",
          "kv-of-others (Microsoft.KeyVault/vaults)",
          "ml-theirs (Microsoft.MachineLearningServices/workspaces)",
          "stays: it holds theirs, beside the profile",
          "stays: workspace ml-theirs uses it, beside the profile"
        }) {
      assertTrue(site.said().contains(said), () -> said + "\n" + site.said());
    }
    assertEquals(200, get(WORKSPACES + "ml-theirs" + ML_API).status());
    assertEquals(404, get(WORKSPACES + "ml-mlopsdemo-demo-01" + ML_API).status());
    assertEquals(200, get(container).status());
    assertEquals(200, get(vault + "?api-version=2023-07-01").status());
    String kept = parts.path("keyVault").asText().replaceFirst("^/subscriptions/[^/]+", "");
    assertEquals(200, get(kept + "?api-version=2023-07-01").status());
    assertEquals(0, site.run("bootstrap", "-q"), site::said);
  }

  @Test
  void one_environment_goes_and_the_others_still_work() {
    assertEquals(2, site.run("destroy", "--what", "environment"), site::said);
    assertEquals(2, site.run("destroy", "test"), site::said);
    assertEquals(2, site.run("destroy", "--what", "environment", "tset"), site::said);
    assertTrue(site.said().contains("test"), site::said);
    assertEquals(2, site.run("destroy", "--what", "endpoint", "dev"), site::said);
    assertEquals(0, site.run("destroy", "--what", "environment", "test", "--yes"), site::said);
    assertEquals(404, get(WORKSPACES + "ml-mlopsdemo-demo-02" + ML_API).status());
    assertEquals(200, get(WORKSPACES + "ml-mlopsdemo-demo-03" + ML_API).status());
    assertEquals(0, site.run("bootstrap", "-o", "json"), site::said);
    assertEquals("applied", site.outcome("workspace.test").orElseThrow());
    assertEquals("applied", site.outcome("container.test").orElseThrow());
    assertEquals("applied", site.outcome("role.storage.workspace-test").orElseThrow());
    assertEquals("unchanged", site.outcome("workspace.dev").orElseThrow());
    assertEquals("unchanged", site.outcome("storage-account").orElseThrow());
  }

  @Test
  void what_is_not_purged_comes_back_or_goes_later() {
    assertEquals(0, site.run("destroy", "--no-purge", "--yes"), site::said);
    assertTrue(
        site.said().contains("stays: ml-mlopsdemo-demo-01 needs it when it is recovered"),
        site::said);
    assertEquals(404, get(WORKSPACES + "ml-mlopsdemo-demo-01" + ML_API).status());
    assertEquals(0, site.run("bootstrap", "--recover", "-q"), site::said);
    assertEquals(200, get(WORKSPACES + "ml-mlopsdemo-demo-01" + ML_API).status());
    assertEquals(0, site.run("destroy", "--no-purge", "--yes", "-q"), site::said);
    assertEquals(0, site.run("destroy", "--plan"), site::said);
    assertTrue(site.said().contains("for good: it was deleted on "), site::said);
    assertEquals(0, site.run("destroy", "--yes", "-q"), site::said);
    assertEquals(0, site.run("bootstrap", "-q"), site::said);
  }

  @Test
  void a_purge_whose_answer_is_lost_is_one_that_was_done() throws IOException {
    Path faults =
        Files.writeString(
            site.path("faults.yml"), "faults: [{when: POST */purge, at: [1, 2], drop: after}]");
    assertEquals(0, site.run("destroy", "--yes", "--faults", faults.toString()), site::said);
    assertTrue(site.said().contains("Faults: 2 injected"), site::said);
    assertEquals(0, site.run("bootstrap", "-q"), site::said);
  }

  @Test
  void what_goes_in_the_middle_of_a_look_is_looked_at_again() throws IOException {
    Path faults =
        Files.writeString(
            site.path("faults.yml"),
            "faults: [{when: GET */workspaces/*/models*, at: [1], answer: {status: 404, code: ResourceNotFound}}]");
    assertEquals(0, site.run("destroy", "--plan", "--faults", faults.toString()), site::said);
    assertTrue(site.said().contains("Faults: 1 injected"), site::said);
    assertTrue(site.said().contains("Plan: 24 to delete"), site::said);
  }

  @Test
  void whoever_may_not_is_told_what_he_lacks_and_where() {
    Colleague reader = Colleague.holding(Colleague.READER, site.state());
    JsonNode document = reader.denied("destroy", "--yes");
    Map<String, String> codes = Colleague.codes(document);
    assertEquals(Set.of("AuthorizationFailed"), Set.copyOf(codes.values()));
    assertTrue(codes.containsKey("delete.computes.dev"), codes::toString);
    for (JsonNode step : document.path("steps")) {
      if (step.path("id").asText().equals("delete.computes.dev")) {
        String said = step.at("/error/message").asText();
        String action = "'Microsoft.MachineLearningServices/workspaces/computes/delete'";
        assertTrue(said.contains(action) && said.contains("ml-mlopsdemo-demo-01"), said);
        assertTrue(step.at("/error/hint").asText().contains("Ask an owner"), step::toString);
      }
    }
  }

  private EmbeddedCloud.Answer get(String path) {
    return send("GET", path, "");
  }

  private EmbeddedCloud.Answer send(String method, String path, String body) {
    return EmbeddedCloud.in(site.state())
        .send(method, EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + path, body);
  }
}
