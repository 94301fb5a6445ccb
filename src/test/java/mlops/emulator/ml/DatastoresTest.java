package mlops.emulator.ml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datastores, by the requests that clients send. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DatastoresTest {
  private static final String STORES = MlCloud.WORKSPACE + "/datastores";
  private static final String STORE = STORES + "/mlopsdemotest";

  @TempDir Path folder;

  private static String body(String credentials, String container) {
    return "{'properties':{'description':'Test container','tags':{},'credentials':%s,'datastoreType':'AzureBlob','accountName':'mlone','containerName':'%s','endpoint':'core.windows.net','protocol':'https'}}"
        .formatted(credentials, container);
  }

  @Test
  void the_default_datastore_gives_the_key_of_its_account() {
    MlCloud ml = MlCloud.in(folder);
    JsonNode store = ml.get(STORES + "/workspaceblobstore").json();
    assertTrue(store.at("/properties/isDefault").asBoolean());
    assertTrue(store.at("/properties/containerName").asText().startsWith("azureml-blobstore-"));
    JsonNode secrets = ml.post(STORES + "/workspaceblobstore/listSecrets", "").json();
    assertEquals("AccountKey", secrets.path("secretsType").asText());
    assertFalse(secrets.path("key").asText().isEmpty());
    assertEquals(1, ml.get(STORES + "?isDefault=true").json().path("value").size());
    assertEquals(400, ml.delete(STORES + "/workspaceblobstore").status());
    ml.assertAsDocumented();
  }

  @Test
  void a_datastore_without_credentials_is_made_updated_and_deleted() {
    MlCloud ml = MlCloud.in(folder);
    String body = body("{'credentialsType':'None'}", "taxi");
    assertEquals(201, ml.put(STORE + "?skipValidation=true", body).status());
    assertEquals(200, ml.put(STORE + "?skipValidation=true", body).status());
    assertEquals("taxi", ml.get(STORE).json().at("/properties/containerName").asText());
    assertEquals(400, ml.post(STORE + "/listSecrets", "").status());
    assertEquals(200, ml.delete(STORE).status());
    assertEquals(204, ml.delete(STORE).status());
    Answer gone = ml.get(STORE);
    assertEquals(404, gone.status());
    assertEquals("UserError", gone.code());
    ml.assertAsDocumented();
  }

  @Test
  void secrets_are_kept_apart_and_only_listed_when_asked() {
    MlCloud ml = MlCloud.in(folder);
    String credentials =
        "{'credentialsType':'Sas','secrets':{'secretsType':'Sas','sasToken':'sig=abc'}}";
    Answer made = ml.put(STORE + "?skipValidation=true", body(credentials, "taxi"));
    assertFalse(made.json().toString().contains("sig=abc"));
    assertFalse(ml.get(STORE).json().toString().contains("sig=abc"));
    assertEquals("sig=abc", ml.post(STORE + "/listSecrets", "").json().path("sasToken").asText());
    assertEquals(403, ml.sendAsStranger("POST", STORE + "/listSecrets", "").status());
    ml.assertAsDocumented();
  }

  @Test
  void a_key_or_a_signature_must_come_with_the_first_put_and_is_for_its_owner_only()
      throws IOException {
    MlCloud ml = MlCloud.in(folder);
    for (String type : List.of("AccountKey", "Sas")) {
      String none = body("{'credentialsType':'%s'}".formatted(type), "taxi");
      assertEquals(400, ml.put(STORE + "?skipValidation=true", none).status(), type);
    }
    String key =
        "{'credentialsType':'AccountKey','secrets':{'secretsType':'AccountKey','key':'c2VjcmV0'}}";
    assertEquals(201, ml.put(STORE + "?skipValidation=true", body(key, "taxi")).status());
    String later = body("{'credentialsType':'AccountKey'}", "taxi");
    assertEquals(200, ml.put(STORE + "?skipValidation=true", later).status());
    assertEquals("c2VjcmV0", ml.post(STORE + "/listSecrets", "").text("/key"));
    List<Path> holders = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), ISO_8859_1).contains("c2VjcmV0")) {
          holders.add(file);
        }
      }
    }
    assertEquals(1, holders.size(), holders::toString);
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(holders.get(0))));
    assertEquals(200, ml.delete(STORE).status());
    assertFalse(Files.exists(holders.get(0)));
  }

  @Test
  void who_reads_data_in_a_job_gets_a_datastore_with_its_secrets() {
    MlCloud ml = MlCloud.in(folder);
    String plane = MlCloud.API + "/datastore/v1.0" + STORES;
    Answer own = ml.get(plane + "/workspaceblobstore");
    assertEquals("AzureBlob", own.text("/dataStoreType"));
    assertEquals("mlone", own.text("/azureStorageSection/accountName"));
    assertEquals("AccountKey", own.text("/azureStorageSection/credentialType"));
    String key = ml.post(STORES + "/workspaceblobstore/listSecrets", "").text("/key");
    assertEquals(key, own.text("/azureStorageSection/credential"));
    String sas = "{'credentialsType':'Sas','secrets':{'secretsType':'Sas','sasToken':'sig=abc'}}";
    ml.put(STORE + "?skipValidation=true", body(sas, "taxi"));
    Answer signed = ml.get(plane + "/mlopsdemotest");
    assertEquals("sig=abc", signed.text("/azureStorageSection/credential"));
    assertTrue(signed.json().at("/azureStorageSection/isSas").asBoolean());
    ml.put(
        STORE + "?skipValidation=true",
        "{'properties':{'credentials':{'credentialsType':'None'},'datastoreType':'AzureDataLakeGen2','accountName':'mlone','filesystem':'lake'}}");
    Answer lake = ml.get(plane + "/mlopsdemotest");
    assertEquals("lake", lake.text("/azureStorageSection/containerName"));
    assertTrue(lake.json().at("/azureStorageSection/credential").isMissingNode());
    assertEquals(404, ml.get(plane + "/none").status());
    assertEquals(403, ml.sendAsStranger("GET", plane + "/workspaceblobstore", "").status());
  }

  @Test
  void the_container_must_be_there_unless_validation_is_skipped() {
    MlCloud ml = MlCloud.in(folder);
    assertEquals(400, ml.put(STORE, body("{'credentialsType':'None'}", "none")).status());
    assertEquals(201, ml.put(STORE, body("{'credentialsType':'None'}", "azureml")).status());
    ml.assertAsDocumented();
  }

  @Test
  void what_is_not_emulated_says_so() {
    MlCloud ml = MlCloud.in(folder);
    String share = body("{'credentialsType':'None'}", "x").replace("AzureBlob", "AzureFile");
    assertEquals(501, ml.put(STORE, share).status());
    assertEquals(501, ml.put(STORE, body("{'credentialsType':'ServicePrincipal'}", "x")).status());
  }
}
