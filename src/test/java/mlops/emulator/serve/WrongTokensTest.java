package mlops.emulator.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.login.token.Tokens;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proofs of identity that prove nothing, at the door of every service, through the socket. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class WrongTokensTest {
  private static final String GROUP =
      "/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION + "/resourceGroups";
  private static final String WORKSPACE =
      GROUP + "/rg/providers/Microsoft.MachineLearningServices/workspaces/ws";

  private Served served;
  private String key;

  @BeforeAll
  void serve(@TempDir Path folder) throws Exception {
    served = Served.in(folder);
    key = ServedAzure.in(served, "proofs").key();
  }

  @AfterAll
  void end() {
    served.close();
    assertTrue(served.log().stream().noneMatch(l -> l.contains("bug at")), served.log()::toString);
  }

  @ParameterizedTest
  @CsvSource({
    "management.azure.com, https://management.azure.com, GROUP?api-version=2021-04-01",
    "graph.microsoft.com, https://graph.microsoft.com, /v1.0/me",
    "eastus2.api.azureml.ms, https://ml.azure.com, /history/v1.0WORKSPACE/runs/one",
    "proofs.blob.core.windows.net, https://storage.azure.com, /?comp=list",
    "proofs.dfs.core.windows.net, https://storage.azure.com, /?resource=account",
  })
  void a_token_that_is_not_of_here_and_now_and_for_this_is_refused(
      String host, String audience, String target) throws Exception {
    String path = target.replace("GROUP", GROUP).replace("WORKSPACE", WORKSPACE);
    String good = served.azure().userToken(audience);
    try (RawClient client = RawClient.tunnel(served, host)) {
      int status = ask(client, host, path, "Bearer " + good).status();
      assertTrue(status == 200 || status == 404, "the good token gets " + status);
      for (Map.Entry<String, String> wrong : wrong(good, audience).entrySet()) {
        RawClient.Answer answer = ask(client, host, path, wrong.getValue());
        assertEquals(401, answer.status(), wrong.getKey() + ": " + answer);
        assertTrue(answer.headers().containsKey("www-authenticate"), wrong.getKey() + answer);
        assertFalse(answer.body().contains("\tat "), answer::body);
        assertFalse(answer.body().contains("Exception"), answer::body);
      }
    }
  }

  private static RawClient.Answer ask(
      RawClient client, String host, String path, String authorization) throws Exception {
    client.send(
        "GET %s HTTP/1.1\r\nHost: %s\r\nx-ms-version: 2023-11-03\r\nAuthorization: %s\r\n\r\n"
            .formatted(path, host, authorization));
    return client.answer("GET");
  }

  private Map<String, String> wrong(String good, String audience) {
    String[] parts = good.split("\\.");
    String none = Base64.getUrlEncoder().encodeToString("{\"alg\":\"none\"}".getBytes(UTF_8));
    String other =
        new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("2222", "3333");
    String claims = Base64.getUrlEncoder().withoutPadding().encodeToString(other.getBytes(UTF_8));
    Map<String, String> wrong = new LinkedHashMap<>();
    wrong.put("no token at all", "Bearer not-a-token");
    wrong.put("another audience", "Bearer " + served.azure().userToken("https://vault.azure.net"));
    wrong.put("over", "Bearer " + tokens(Duration.ofDays(-2)).issue(user(), audience));
    wrong.put("not yet", "Bearer " + tokens(Duration.ofDays(2)).issue(user(), audience));
    wrong.put("cut signature", "Bearer " + good.substring(0, good.length() - 9));
    wrong.put("changed claims", "Bearer " + parts[0] + "." + claims + "." + parts[2]);
    wrong.put("no signature", "Bearer " + none + "." + parts[1] + ".");
    return wrong;
  }

  private Tokens tokens(Duration away) {
    Clock clock = Clock.offset(Clock.systemUTC(), away);
    return new Tokens(
        served.azure().state(),
        new Directory(served.azure().state()),
        EmbeddedAzureOptions.TENANT,
        clock);
  }

  private Principal user() {
    return served.azure().user();
  }

  @Test
  void a_signature_that_is_wrong_or_over_is_refused_to_the_sdk() throws Exception {
    BlobContainerClient container =
        client().credential(shared(key)).buildClient().getBlobContainerClient("data");
    BlobClient blob = container.getBlobClient("a.txt");
    blob.upload(BinaryData.fromString("text"));
    OffsetDateTime now = OffsetDateTime.now(Clock.systemUTC());
    BlobSasPermission read = new BlobSasPermission().setReadPermission(true);
    String good = blob.generateSas(new BlobServiceSasSignatureValues(now.plusHours(1), read));
    String over = blob.generateSas(new BlobServiceSasSignatureValues(now.minusMinutes(1), read));
    String forged = good.replace("sp=r", "sp=rwd");
    assertEquals("text", read(client().sasToken(good)));
    for (BlobServiceClientBuilder wrong :
        new BlobServiceClientBuilder[] {
          client().sasToken(over),
          client().sasToken(forged),
          client().credential(shared(Base64.getEncoder().encodeToString(new byte[64])))
        }) {
      BlobStorageException refused = assertThrows(BlobStorageException.class, () -> read(wrong));
      assertEquals(
          "403 AuthenticationFailed", refused.getStatusCode() + " " + refused.getErrorCode());
      assertFalse(refused.getServiceMessage().contains(key), "the answer holds the key");
    }
  }

  private static String read(BlobServiceClientBuilder client) {
    return client
        .buildClient()
        .getBlobContainerClient("data")
        .getBlobClient("a.txt")
        .downloadContent()
        .toString();
  }

  private static StorageSharedKeyCredential shared(String key) {
    return new StorageSharedKeyCredential("proofs", key);
  }

  private BlobServiceClientBuilder client() throws Exception {
    return new BlobServiceClientBuilder()
        .endpoint("https://proofs.blob.core.windows.net")
        .httpClient(served.transport());
  }
}
