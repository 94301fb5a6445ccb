package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
  @TempDir Path folder;

  @Test
  void a_deleted_workspace_or_vault_keeps_its_name() {
    Transcript mlops = Transcript.of(folder);
    assertEquals(0, mlops.run("bootstrap", "-q"), mlops::err);
    String vaults = GROUP + "/providers/Microsoft.KeyVault/vaults";
    JsonNode vault =
        send("GET", vaults + "?api-version=2023-07-01", "").json().path("value").path(0);
    send(
        "DELETE",
        GROUP
            + "/providers/Microsoft.MachineLearningServices/workspaces/ml-mlopsdemo-demo-01"
            + "?api-version=2024-04-01",
        "");
    assertEquals(1, mlops.run("bootstrap"), mlops::err);
    assertTrue(
        mlops.err().contains("workspace ml-mlopsdemo-demo-01 cannot be created"), mlops.err());
    assertTrue(mlops.err().contains("--permanently-delete"), mlops.err());
    assertTrue(mlops.err().contains("request id "), mlops.err());
    String name = vault.path("name").asText();
    send("DELETE", vaults + "/" + name + "?api-version=2023-07-01", "");
    assertEquals(1, mlops.run("bootstrap"), mlops::err);
    assertTrue(mlops.err().contains("az keyvault purge --name " + name), mlops.err());
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
        assertEquals(waits ? "skipped" : "applied", step.path("outcome").asText(), id);
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
