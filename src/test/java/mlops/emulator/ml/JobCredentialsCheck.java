package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import mlops.compat.PinnedFolder;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The libraries of Azure in a job, as the identity of its compute and on behalf of its user, each
 * with the roles for it and without. It takes minutes and the network: {@code ./mvnw test
 * -Dtest=JobCredentialsCheck}.
 */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobCredentialsCheck {
  private static final Path SCRIPTS =
      Path.of("src/test/resources/compat/libraries").toAbsolutePath();
  private static final String COMPUTE = MlCloud.WORKSPACE + "/computes/cpu";

  /** Storage Blob Data Reader, Key Vault Secrets User, AzureML Data Scientist. */
  private static final List<String> ROLES =
      List.of(
          "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
          "4633458b-17de-408a-b874-0445c86b69e6",
          "f6c7c914-8db3-469d-8ca1-694a8f32e121");

  @TempDir Path folder;

  private MlCloud cloud() {
    MlCloud ml = MlCloud.in(folder);
    ml.put(MlCloud.WORKSPACE + "/environments/plain/versions/1", "{'properties':{'image':'x'}}");
    ml.put(
        COMPUTE,
        "{'location':'eastus2','identity':{'type':'SystemAssigned'},'properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS3_V2','scaleSettings':{'maxNodeCount':1}}}}");
    ml.put(
        MlCloud.GROUP + "/providers/Microsoft.KeyVault/vaults/mlone",
        "{'location':'eastus2','properties':{'tenantId':'%s','sku':{'family':'A','name':'standard'},'enableRbacAuthorization':true}}"
            .formatted(EmbeddedAzureOptions.TENANT));
    ml.cloud().azure().blobs().createContainer("mlone", "given");
    byte[] text = "the text".getBytes(StandardCharsets.UTF_8);
    ml.cloud().azure().blobs().put("mlone", "given", "one.txt", text, "text/plain");
    byte[] table = "trip,fare\n1,4.5\n2,6.5\n".getBytes(StandardCharsets.UTF_8);
    ml.cloud().azure().blobs().put("mlone", "given", "trips/all.csv", table, "text/csv");
    String key =
        ml.post(MlCloud.GROUP + "/providers/Microsoft.Storage/storageAccounts/mlone/listKeys", "")
            .text("/keys/0/value");
    datastore(ml, "given", "{'credentialsType':'None'}");
    datastore(
        ml,
        "keyed",
        "{'credentialsType':'AccountKey','secrets':{'secretsType':'AccountKey','key':'%s'}}"
            .formatted(key));
    String user = ml.cloud().azure().user().objectId();
    String officer = grant(ml, user, "b86a8fe4-44ce-4948-aee5-eccb2c155cd7");
    String secret = "https://mlone.vault.azure.net/secrets/given?api-version=7.4";
    assertEquals(200, ml.cloud().send("PUT", secret, "{\"value\":\"hidden\"}").status());
    ml.delete(officer);
    return ml;
  }

  private static void datastore(MlCloud ml, String name, String credentials) {
    String body =
        "{'properties':{'datastoreType':'AzureBlob','accountName':'mlone','containerName':'given','credentials':%s}}"
            .formatted(credentials);
    assertEquals(201, ml.put(MlCloud.WORKSPACE + "/datastores/" + name, body).status());
  }

  /** Grants a role on the resource group; the id of the assignment. */
  private static String grant(MlCloud ml, String principal, String role) {
    String id =
        MlCloud.GROUP + "/providers/Microsoft.Authorization/roleAssignments/" + UUID.randomUUID();
    String body =
        "{'properties':{'roleDefinitionId':'%s/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s'}}"
            .formatted(EmbeddedCloud.SUBSCRIPTION, role, principal);
    String url = EmbeddedCloud.ARM + id + "?api-version=2022-04-01";
    assertEquals(201, ml.cloud().send("PUT", url, body.replace('\'', '"')).status());
    return url;
  }

  /**
   * Has a job run a script.
   *
   * @param pins what it needs
   * @param compute whether the identity of the compute is allowed to do what it does
   * @param user whether the user is; empty where the job does not work on their behalf
   */
  private static void run(MlCloud ml, String pins, String script, String compute, String user)
      throws Exception {
    Path python = PinnedFolder.python(pins, "python3").resolve("bin/python");
    String name = UUID.randomUUID().toString();
    ObjectNode properties = Json.object().put("jobType", "Command").put("experimentName", "e");
    properties.put("computeId", COMPUTE);
    properties.put("environmentId", MlCloud.WORKSPACE + "/environments/plain/versions/1");
    properties.put("command", python + " " + SCRIPTS.resolve(script + ".py"));
    properties.putObject("environmentVariables").put("COMPUTE", compute).put("USER_ROLE", user);
    if (!user.isEmpty()) {
      properties.putObject("identity").put("identityType", "UserIdentity");
    }
    String job = MlCloud.WORKSPACE + "/jobs/" + name;
    String body = Json.object().set("properties", properties).toString();
    assertEquals(201, ml.sendAsIs("PUT", job, body).status());
    JsonNode ended = ml.await(job, 300);
    JsonNode run =
        ml.cloud().azure().state().read(MlCloud.WORKSPACE + "/runs/" + name).orElseThrow();
    assertEquals("Completed", ended.at("/properties/status").asText(), run::toPrettyString);
  }

  private static void acts(MlCloud ml, String compute, String user) throws Exception {
    run(ml, "jobs", "job_credentials", compute, user);
    run(ml, "jobdata", "job_data", compute, user);
  }

  @Test
  void each_credential_opens_what_its_roles_do_and_nothing_else() throws Exception {
    MlCloud ml = cloud();
    String identity = ml.get(COMPUTE).text("/identity/principalId");
    acts(ml, "denied", "");
    List<String> granted = ROLES.stream().map(role -> grant(ml, identity, role)).toList();
    acts(ml, "allowed", "");
    granted.forEach(ml::delete);
    acts(ml, "denied", "");
  }

  @Test
  void on_behalf_of_a_user_a_job_may_what_the_user_may() throws Exception {
    MlCloud ml = cloud();
    String user = ml.cloud().azure().user().objectId();
    ROLES.forEach(role -> grant(ml, user, role));
    acts(ml, "denied", "allowed");
  }
}
