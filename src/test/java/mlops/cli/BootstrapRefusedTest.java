package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import mlops.azure.AzureConnection;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.Options;
import mlops.profile.Profile;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** Where Azure says no to bootstrap: what is told, and the way out. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BootstrapRefusedTest {
  private static final String GROUP = "/resourceGroups/rg-demo-mlops-demo";
  private static final String CONTRIBUTOR = "b24988ac-6180-42a0-ab88-20f7382dd24c";
  private static final String READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  private static final String PERSON =
      "/resourceGroups/people/providers/Microsoft.ManagedIdentity/userAssignedIdentities/colleague";

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
    assertTrue(mlops.err().contains("workspace ml-mlopsdemo-demo-01 cannot be made"), mlops.err());
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
    Map<String, String> codes = codes(mlops.json());
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
    JsonNode document = runAs(CONTRIBUTOR);
    Map<String, String> codes = codes(document);
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
    Map<String, String> codes = codes(runAs(READER));
    assertEquals(
        Map.of(
            "resource-group.ml", "AuthorizationFailed",
            "resource-group.storage", "AuthorizationFailed"),
        codes);
  }

  /** What bootstrap says to a colleague who holds one role on the subscription. */
  private JsonNode runAs(String role) {
    EmbeddedCloud cloud = EmbeddedCloud.in(folder);
    ok(cloud, "PUT", "/resourceGroups/people?api-version=2021-04-01");
    ok(cloud, "POST", "/providers/Microsoft.ManagedIdentity/register?api-version=2021-04-01");
    JsonNode person = ok(cloud, "PUT", PERSON + "?api-version=2023-01-31").json();
    String id = person.at("/properties/principalId").asText();
    int status =
        cloud
            .send(
                "PUT",
                EmbeddedCloud.ARM
                    + EmbeddedCloud.SUBSCRIPTION
                    + "/providers/Microsoft.Authorization/roleAssignments/"
                    + "33333333-3333-3333-3333-333333333333?api-version=2022-04-01",
                "{\"properties\":{\"roleDefinitionId\":\"%s/providers/Microsoft.Authorization/roleDefinitions/%s\",\"principalId\":\"%s\",\"principalType\":\"ServicePrincipal\"}}"
                    .formatted(EmbeddedCloud.SUBSCRIPTION, role, id))
            .status();
    assertEquals(201, status);
    TokenCredential colleague =
        request ->
            Mono.just(
                new AccessToken(
                    cloud.tokenOf(id, request.getScopes().get(0).replace("/.default", "")),
                    cloud.azure().tokenExpiry().atOffset(ZoneOffset.UTC)));
    return run(cloud.http(), colleague);
  }

  private static EmbeddedCloud.Answer ok(EmbeddedCloud cloud, String method, String path) {
    EmbeddedCloud.Answer answer =
        cloud.send(
            method,
            EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + path,
            method.equals("PUT") ? "{\"location\":\"eastus2\"}" : "");
    assertTrue(answer.status() < 300, () -> path + answer);
    return answer;
  }

  private static JsonNode run(HttpClient http, TokenCredential credential) {
    Connector connector =
        new Connector() {
          @Override
          public AzureConnection to(Profile profile, Path state, UnaryOperator<HttpClient> wire) {
            return new AzureConnection(
                wire.apply(http), credential, Options.SUBSCRIPTION, Duration.ofMillis(50));
          }

          @Override
          public List<String> jobProcess(Path state, String subscription) {
            throw new IllegalStateException("bootstrap runs no job");
          }
        };
    StringWriter out = new StringWriter();
    Console console = Console.piped(new PrintWriter(out), new PrintWriter(new StringWriter()));
    int code =
        MlopsCommand.commandLine(new Surroundings(connector, console, Map.of(), Clock.systemUTC()))
            .execute("bootstrap", "-o", "json");
    assertEquals(1, code, out::toString);
    try {
      return new ObjectMapper().readTree(out.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> codes(JsonNode document) {
    Map<String, String> codes = new TreeMap<>();
    for (JsonNode step : document.path("steps")) {
      if (step.path("outcome").asText().equals("failed")) {
        codes.put(step.path("id").asText(), step.at("/error/code").asText());
      }
    }
    return codes;
  }

  private EmbeddedCloud.Answer send(String method, String path, String body) {
    return EmbeddedCloud.in(folder)
        .send(method, EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + path, body);
  }
}
