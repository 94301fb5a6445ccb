package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where Azure says no to bootstrap: what is told, and the way out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BootstrapRefusedTest {
  private static final String GROUP = "/resourceGroups/rg-demo-mlops-demo";
  private static final String WORKSPACE =
      GROUP
          + "/providers/Microsoft.MachineLearningServices/workspaces/ml-mlopsdemo-demo-01"
          + "?api-version=2024-04-01";

  @TempDir Path folder;

  private String before = "";

  /** A workspace and its key vault are deleted, and keep their names. */
  private Transcript deletedOnes() {
    Transcript mlops = Transcript.of(folder);
    assertEquals(0, mlops.run("bootstrap", "-q"), mlops::err);
    before = workspaceId();
    String vaults = GROUP + "/providers/Microsoft.KeyVault/vaults";
    JsonNode vault =
        send("GET", vaults + "?api-version=2023-07-01", "").json().path("value").path(0);
    send("DELETE", WORKSPACE, "");
    refused(mlops, "workspace ml-mlopsdemo-demo-01 was deleted on ");
    String name = vault.path("name").asText();
    send("DELETE", vaults + "/" + name + "?api-version=2023-07-01", "");
    refused(mlops, "key vault " + name + " was deleted on ");
    assertEquals(2, mlops.run("bootstrap", "--recover", "--purge"), mlops::err);
    return mlops;
  }

  /** Before anything is made, and with two ways out. */
  private static void refused(Transcript mlops, String said) {
    for (String words : new String[] {"bootstrap --plan", "bootstrap"}) {
      assertEquals(1, mlops.run(words.split(" ")), mlops::err);
      assertTrue(mlops.err().contains(said), mlops::err);
      assertTrue(mlops.err().contains(" and keeps its name until "), mlops::err);
      assertTrue(mlops.err().contains("mlops bootstrap --recover takes the deleted "), mlops::err);
      assertTrue(mlops.err().contains("mlops bootstrap --purge deletes it"), mlops::err);
    }
  }

  @Test
  void deleted_ones_are_taken_back_where_that_is_wanted() {
    Transcript mlops = deletedOnes();
    assertEquals(0, mlops.run("bootstrap", "--recover"), mlops::err);
    assertTrue(mlops.out().matches("(?s).*workspace\\.dev .* recovered  .*"), mlops::out);
    assertTrue(mlops.out().contains("created"), mlops::out);
    assertEquals(before, workspaceId());
    assertEquals(0, mlops.run("bootstrap", "--plan", "--detailed-exitcode"), mlops::out);
  }

  @Test
  void deleted_ones_are_purged_where_that_is_wanted() {
    Transcript mlops = deletedOnes();
    assertEquals(4, mlops.run("bootstrap", "--purge", "--plan", "--detailed-exitcode"), mlops::err);
    assertTrue(mlops.out().contains("new, once the deleted one is purged: it was"), mlops::out);
    assertEquals(0, mlops.run("bootstrap", "--purge"), mlops::err);
    assertNotEquals(before, workspaceId());
    assertEquals(0, mlops.run("bootstrap", "--plan", "--detailed-exitcode"), mlops::out);
  }

  /** What tells a workspace from another of the same name. */
  private String workspaceId() {
    return send("GET", WORKSPACE, "").json().at("/properties/workspaceId").asText();
  }

  @Test
  void a_storage_name_may_be_taken_by_somebody_else() {
    Transcript mlops = Transcript.of(folder);
    assertEquals(0, mlops.run("bootstrap", "-q", "--suffix", "other"), mlops::err);
    String taken = "/providers/Microsoft.Storage/storageAccounts/stgaccmlops2demodemo";
    int status =
        send(
                "PUT",
                "/resourceGroups/rg-demo-mlops-other" + taken + "?api-version=2023-05-01",
                "{\"location\":\"eastus2\",\"kind\":\"StorageV2\",\"sku\":{\"name\":\"Standard_LRS\"}}")
            .status();
    assertEquals(200, status);
    assertEquals(1, mlops.run("bootstrap", "-o", "json"), mlops::err);
    Map<String, String> codes = Colleague.codes(mlops.json());
    assertEquals(Map.of("storage-account", "StorageAccountAlreadyTaken"), codes);
    assertTrue(mlops.out().contains("Use another --suffix."), mlops.out());
  }

  @Test
  void more_machines_than_the_quota_has_are_refused() {
    Site site = Site.sample(folder);
    site.change("compute/computedev.yml", "min_instances: 0", "min_instances: 50");
    site.change("compute/computedev.yml", "max_instances: 3", "max_instances: 60");
    assertEquals(1, site.run("bootstrap"), site::said);
    assertTrue(site.said().contains("vCPU quota of 100"), site.said());
    assertTrue(site.said().contains("choose a smaller size or"), site.said());
  }

  @Test
  void a_contributor_may_make_all_but_give_no_role() {
    JsonNode document = Colleague.holding(Colleague.CONTRIBUTOR, folder).denied("bootstrap");
    Map<String, String> codes = Colleague.codes(document);
    assertEquals(
        Map.of(
            "role.storage.user", "AuthorizationFailed",
            "role.storage.identity", "AuthorizationFailed",
            "role.storage.workspace-dev", "AuthorizationFailed",
            "role.storage.workspace-test", "AuthorizationFailed",
            "role.storage.workspace-prod", "AuthorizationFailed"),
        codes,
        document::toString);
    for (JsonNode step : document.path("steps")) {
      String id = step.path("id").asText();
      if (codes.containsKey(id)) {
        String message = step.at("/error/message").asText();
        assertTrue(message.contains("'Microsoft.Authorization/roleAssignments/write'"), message);
        assertTrue(message.contains("/storageAccounts/stgaccmlops2demodemo"), message);
        assertTrue(step.at("/error/hint").asText().contains("Ask an owner"), step::toString);
      } else {
        boolean waits = id.startsWith("upload.") || id.equals("data-access");
        assertEquals(waits ? "blocked" : "applied", step.path("outcome").asText(), id);
      }
    }
  }

  @Test
  void a_reader_is_denied_before_anything_is_made() {
    Map<String, String> codes =
        Colleague.codes(Colleague.holding(Colleague.READER, folder).denied("bootstrap"));
    assertEquals(
        Map.of(
            "resource-group.ml", "AuthorizationFailed",
            "resource-group.storage", "AuthorizationFailed"),
        codes);
  }

  private EmbeddedCloud.Answer send(String method, String path, String body) {
    return EmbeddedCloud.in(folder)
        .send(method, EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + path, body);
  }
}
