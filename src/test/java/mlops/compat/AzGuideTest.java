package mlops.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mlops.cli.Transcript;
import mlops.emulator.Options;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The guide's az commands by the real az, its workspaces and computes by the real azure-ai-ml. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AzGuideTest {
  private static final String SUBSCRIPTION = "/subscriptions/" + Options.SUBSCRIPTION;
  private static final String ML = SUBSCRIPTION + "/resourceGroups/rg-demo-mlops-demo";
  private static final String ACCOUNT =
      SUBSCRIPTION
          + "/resourceGroups/rg-demo-mlops-storage-demo/providers/Microsoft.Storage/storageAccounts/stgaccmlops2demodemo";

  private RealClients clients;
  private String said;

  @BeforeAll
  void the_guide_runs(@TempDir Path folder) throws Exception {
    clients = RealClients.in(folder);
    said = clients.run("guide.sh");
  }

  @Test
  void makes_groups_an_account_and_an_identity() throws IOException {
    assertEquals(ML, clients.json("group").path("id").asText());
    JsonNode account = clients.json("account");
    assertEquals(ACCOUNT, account.path("id").asText());
    assertEquals("Standard_ZRS", account.at("/sku/name").asText());
    assertTrue(account.path("isHnsEnabled").asBoolean());
    assertEquals(
        ML + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mlopsuidemodemo",
        clients.text("identity"));
  }

  @Test
  void makes_workspaces_by_their_deployment() {
    for (String number : List.of("01", "02", "03")) {
      String line = "Creating workspace: (ml-mlopsdemo-demo-" + number + "  )  Done";
      assertTrue(said.contains(line), said);
    }
  }

  @Test
  void gives_roles() throws IOException {
    assertEquals("ServicePrincipal", clients.json("role-identity").path("principalType").asText());
    assertEquals(clients.text("user"), clients.json("role-user").path("principalId").asText());
    assertEquals(ML, clients.json("role-app").path("scope").asText());
    List<String> roles = clients.json("roles").findValuesAsText("roleDefinitionName");
    assertEquals(5, roles.stream().filter("Storage Blob Data Owner"::equals).count(), said);
    assertTrue(
        clients
            .json("roles")
            .findValuesAsText("principalName")
            .contains("you@mlops.onmicrosoft.com"));
  }

  @Test
  void uploads_and_lists_blobs() throws IOException {
    assertTrue(clients.json("container-prod").path("created").asBoolean());
    assertTrue(clients.json("upload-test").path("etag").asText().startsWith("\"0x"));
    assertEquals(
        List.of(
            "taxibatch", "taxibatch/taxi-batch.csv", "taxioutput", "taxioutput/taxi-request.json"),
        names(clients.json("blobs")));
    long size = clients.json("blobs").get(1).at("/properties/contentLength").asLong();
    assertEquals(Files.size(Path.of("data/taxi-batch.csv")), size);
  }

  @Test
  void makes_an_application_that_github_may_be() throws IOException {
    assertEquals(clients.text("app"), clients.json("principal").path("appId").asText());
    assertEquals(clients.text("principal-id"), clients.json("principal").path("id").asText());
    JsonNode credential = clients.json("credential");
    assertEquals("GitHubDevDeploy", credential.path("name").asText());
    assertEquals("repo:jlobrant/mlopsdemov2:environment:Dev", credential.path("subject").asText());
  }

  @Test
  void leaves_nothing_for_bootstrap_to_do() {
    Transcript mlops = Transcript.of(clients.state());
    int exit = mlops.run("bootstrap", "--plan", "--detailed-exitcode");
    assertEquals(0, exit, mlops::out);
    assertTrue(mlops.out().contains("Plan: 35 unchanged."), mlops::out);
  }

  private static List<String> names(JsonNode blobs) {
    List<String> names = new ArrayList<>();
    blobs.forEach(blob -> names.add(blob.path("name").asText()));
    return names;
  }
}
