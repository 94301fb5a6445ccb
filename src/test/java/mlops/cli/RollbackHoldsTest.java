package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What somebody rolled back does not come back by itself. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollbackHoldsTest {
  private static final String OLD = "batch-dp-mlopsdemo-test";
  private static final String BAD = "batch-dp-mlopsdemo-test-v2";

  private static final String STORAGE =
      "/resourceGroups/rg-demo-mlops-storage-demo/providers/Microsoft.Storage/storageAccounts"
          + "/stgaccmlops2demodemo";
  private static final String WORKSPACE =
      "/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.MachineLearningServices/workspaces"
          + "/ml-mlopsdemo-demo-0";
  private static final String ENDPOINT = "2/batchEndpoints/taxifare-b-mldemo-t-demo";
  private static final String ML_API = "?api-version=2024-04-01";

  @TempDir static Path folder;
  private Site site;

  @BeforeAll
  void roll_back() throws IOException {
    site = Site.tiny(folder);
    done("bootstrap");
    done("train");
    done("promote", "--to", "test");
    done("train", "--set", "inputs.factor=5");
    done("promote", "--to", "test");
    Screens.check(site, "rollback --env test --plan --explain");
    done("rollback", "--env", "test");
    assertEquals(OLD, serving().path("deployment").asText());
  }

  private void done(String... words) {
    assertEquals(0, site.run(words), site::said);
  }

  private JsonNode serving() {
    done("status", "-o", "json");
    return site.mlops().json().at("/result/test/serving");
  }

  private void refused(String... words) {
    assertEquals(3, site.run(words), site::said);
    assertTrue(site.said().contains("RolledBack"), site::said);
    assertTrue(
        site.said()
            .matches(
                "(?s).*version 2 in test, was rolled back there by %s at \\d{4}-\\d\\d-\\d\\dT.*"
                    .formatted(EmbeddedAzureOptions.USER)),
        site::said);
    assertEquals(OLD, serving().path("deployment").asText());
  }

  @Test
  @Order(1)
  void promote_and_replay_stop_and_say_what_was_rolled_back_by_whom_and_when() {
    refused("promote", "--to", "test");
    refused("promote", "--to", "test", "--plan");
    refused("promote", "--to", "test", "--model-version", "2", "--as-version", "7");
    refused("replay", "--from", "promote-test");
    refused("replay", "--from", "promote-test", "--until", "promote-test", "-o", "json");
  }

  @Test
  @Order(1)
  void it_holds_for_prod_too_where_nobody_served_it_yet() {
    refused("promote", "--to", "prod", "--force-unscored");
  }

  @Test
  @Order(1)
  void another_setting_of_the_deployment_is_no_newer_version() {
    refused("promote", "--to", "test", "--set", "mini_batch_size=3");
    assertTrue(site.mlops().out().lines().noneMatch(line -> line.contains("updated")), site::said);
  }

  @Test
  @Order(2)
  void status_shows_it() {
    JsonNode rolledBack = serving().path("rolledBack");
    assertEquals(1, rolledBack.size(), rolledBack::toString);
    assertEquals(BAD, rolledBack.at("/0/deployment").asText());
    assertEquals("2", rolledBack.at("/0/modelVersion").asText());
    assertEquals(EmbeddedAzureOptions.USER, rolledBack.at("/0/by").asText());
    assertTrue(Instant.parse(rolledBack.at("/0/at").asText()).isBefore(Instant.now()));
    done("status");
    assertTrue(site.mlops().out().contains("rolled back  " + BAD + " (model version 2) by "));
  }

  @Test
  @Order(3)
  void a_second_rollback_goes_forward_and_what_serves_then_is_promoted_as_ever() {
    done("rollback", "--env", "test");
    assertEquals(BAD, serving().path("deployment").asText());
    assertEquals(OLD, serving().at("/rolledBack/0/deployment").asText());
    done("promote", "--to", "test");
    done("rollback", "--env", "test");
    assertEquals(1, serving().path("rolledBack").size());
  }

  @Test
  @Order(4)
  void force_lets_it_serve_again() {
    done("promote", "--to", "test", "--force", "-o", "json");
    assertTrue(site.mlops().out().contains("--force lets it serve again"), site::said);
    assertEquals(BAD, serving().path("deployment").asText());
    assertEquals(0, serving().path("rolledBack").size());
    done("promote", "--to", "test", "-o", "json");
    assertEquals(Optional.of("unchanged"), site.outcome("default.test"));
    done("rollback", "--env", "test");
  }

  @Test
  @Order(5)
  void a_newer_version_passes_and_the_old_decision_stands() {
    done("train", "--set", "inputs.factor=7");
    done("promote", "--to", "test");
    assertEquals("3", serving().path("modelVersion").asText());
    assertEquals(3, site.run("promote", "--to", "test", "--model-version", "2"), site::said);
    assertEquals(BAD, serving().at("/rolledBack/0/deployment").asText());
    done("promote", "--to", "test", "--model-version", "1");
  }

  @Test
  @Order(6)
  void drift_names_what_somebody_changed_since_and_what_mends_it() throws IOException {
    assertEquals(Map.of(), Differences.found(site));
    serveWhatNobodyPromoted();
    changeFilesOfTheModel();
    giveARole();
    send("PATCH", STORAGE + "?api-version=2023-05-01", "{\"sku\":{\"name\":\"Standard_LRS\"}}");

    Map<String, String> found = Differences.found(site);

    assertEquals(
        "promote --to test: %s → %s, which mlops let serve".formatted(BAD, OLD),
        found.remove("serves.test"));
    assertEquals(
        "train --force: version 3: factor.txt has other content", found.remove("model-files.dev"));
    String role = found.getOrDefault("roles.storage-account", "");
    assertTrue(role.startsWith("null: Reader for User "), role);
    assertTrue(role.contains("az role assignment delete --ids "), role);
    String account = found.getOrDefault("storage-account", "");
    assertTrue(account.contains("Standard_LRS, needed is Standard_ZRS"), account);
    assertEquals(2, found.size(), found::toString);
    assertEquals(4, site.run("drift"), site::said);
    assertTrue(site.said().contains("; in the others 4 differ from the profile"), site::said);
    assertTrue(site.said().contains("To fix it: mlops train --force"), site::said);
  }

  @Test
  @Order(7)
  void of_old_deployments_those_stay_that_serve_or_did_before() {
    done("promote", "--to", "test", "--model-version", "1");
    done("destroy", "--old-deployments", "--yes");
    assertTrue(site.said().contains("old deployments of taxifare-b-mldemo-t-demo"), site::said);
    JsonNode left = send("GET", WORKSPACE + ENDPOINT + "/deployments" + ML_API, "").json();
    assertEquals(2, left.path("value").size(), left::toString);
    done("rollback", "--env", "test");
    done("destroy", "--what", "endpoint", "test", "--yes");
    assertEquals(404, send("GET", WORKSPACE + ENDPOINT + ML_API, "").status());
    done("destroy", "--yes");
    assertTrue(site.said().contains("destroy demo done: "), site::said);
  }

  private void serveWhatNobodyPromoted() {
    String chosen =
        "{\"properties\":{\"defaults\":{\"deploymentName\":\"batch-dp-mlopsdemo-test-v2\"}}}";
    assertEquals(200, send("PATCH", WORKSPACE + ENDPOINT + ML_API, chosen).status());
  }

  private void giveARole() {
    String role =
        "{\"properties\":{\"roleDefinitionId\":\"%s/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7\",\"principalId\":\"22222222-2222-2222-2222-222222222222\"}}"
            .formatted(EmbeddedCloud.SUBSCRIPTION);
    String name = "/providers/Microsoft.Authorization/roleAssignments/";
    String id = STORAGE + name + "99999999-9999-9999-9999-999999999999?api-version=2022-04-01";
    assertEquals(201, send("PUT", id, role).status());
  }

  /** Of the newest one, where it was trained. */
  private void changeFilesOfTheModel() throws IOException {
    EmbeddedAzure azure = EmbeddedAzure.open(site.state(), EmbeddedAzureOptions.defaults());
    JsonNode dev = send("GET", WORKSPACE + "1" + ML_API, "").json().path("properties");
    String container = "azureml-blobstore-" + dev.path("workspaceId").asText();
    String account = Path.of(dev.path("storageAccount").asText()).getFileName().toString();
    Path other = Files.writeString(folder.resolve("other"), "42");
    azure.blobs().list(account, container, "").stream()
        .map(blob -> blob.name())
        .filter(name -> name.endsWith("/factor.txt"))
        .forEach(name -> azure.blobs().put(account, container, name, other, false, "text/plain"));
  }

  private EmbeddedCloud.Answer send(String method, String path, String body) {
    return EmbeddedCloud.in(site.state())
        .send(method, EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + path, body);
  }
}
