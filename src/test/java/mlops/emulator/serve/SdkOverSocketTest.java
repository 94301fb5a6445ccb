package mlops.emulator.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.management.profile.AzureProfile;
import com.azure.core.models.AzureCloud;
import com.azure.core.util.BinaryData;
import com.azure.identity.ClientSecretCredential;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.models.ResourceGroup;
import com.azure.resourcemanager.storage.StorageManager;
import com.azure.resourcemanager.storage.models.StorageAccount;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Random;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.login.LocalApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The Azure SDK, through the proxy and TLS. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdkOverSocketTest {
  private Path folder;
  private Served served;

  @BeforeAll
  void serve(@TempDir Path temporary) throws Exception {
    folder = temporary;
    served = Served.witnessed(folder);
  }

  @AfterAll
  void end() {
    served.close();
  }

  @Test
  void makes_and_finds_a_resource_group() throws Exception {
    ResourceManager arm = arm(served.armToken());

    ResourceGroup made = arm.resourceGroups().define("rg-one").withRegion("eastus2").create();

    assertEquals("rg-one", made.name());
    assertTrue(arm.resourceGroups().contain("rg-one"));
    assertTrue(
        served.log().stream().anyMatch(line -> line.matches(".* java-sdk PUT management.*201.*")),
        served.log()::toString);
  }

  @Test
  void is_refused_with_a_token_that_somebody_changed() throws Exception {
    ResourceManager arm = arm(served.armToken().replaceFirst("....$", "AAAA"));

    HttpResponseException refused =
        assertThrows(HttpResponseException.class, () -> arm.resourceGroups().getByName("rg-one"));

    assertEquals(401, refused.getResponse().getStatusCode());
  }

  @Test
  void logs_in_with_the_secret_of_the_local_application() throws Exception {
    LocalApplication application = served.azure().application();
    ClientSecretCredential credential =
        new ClientSecretCredentialBuilder()
            .tenantId(EmbeddedAzureOptions.TENANT)
            .clientId(application.clientId())
            .clientSecret(application.clientSecret())
            .httpClient(served.transport())
            .build();

    ResourceGroup made =
        arm(credential).resourceGroups().define("rg-by-app").withRegion("eastus2").create();

    assertEquals("rg-by-app", made.name());
    assertTrue(
        served.log().stream().noneMatch(line -> line.contains(application.clientSecret())),
        served.log()::toString);
  }

  @Test
  void puts_and_gets_a_blob() throws Exception {
    String id = "/resourceGroups/rg-blob/providers/Microsoft.Storage/storageAccounts/stgsocket";
    StorageManager storage =
        StorageManager.configure()
            .withHttpClient(served.transport())
            .authenticate(bearer(served.armToken()), profile());
    StorageAccount account =
        storage
            .storageAccounts()
            .define("stgsocket")
            .withRegion("eastus2")
            .withNewResourceGroup("rg-blob")
            .create();
    assertTrue(account.id().endsWith(id), account::id);
    byte[] content = new byte[3 * 1024 * 1024 + 17];
    new Random(1).nextBytes(content);
    BlobContainerClient container =
        new BlobServiceClientBuilder()
            .endpoint("https://stgsocket.blob.core.windows.net")
            .credential(
                new StorageSharedKeyCredential("stgsocket", account.getKeys().get(0).value()))
            .httpClient(served.transport())
            .buildClient()
            .createBlobContainer("data");
    BlobClient blob = container.getBlobClient("a folder/b.bin");

    blob.upload(BinaryData.fromBytes(content));

    assertArrayEquals(content, blob.downloadContent().toBytes());

    Path empty = Files.createTempFile(folder, "empty", "");
    container.getBlobClient("empty.txt").uploadFromFile(empty.toString());

    assertEquals(0, container.getBlobClient("empty.txt").getProperties().getBlobSize());
  }

  private ResourceManager arm(String token) throws Exception {
    return arm(bearer(token));
  }

  private static TokenCredential bearer(String token) {
    return request -> Mono.just(new AccessToken(token, OffsetDateTime.MAX));
  }

  private static AzureProfile profile() {
    return new AzureProfile(
        EmbeddedAzureOptions.TENANT,
        EmbeddedAzureOptions.SUBSCRIPTION,
        AzureCloud.AZURE_PUBLIC_CLOUD);
  }

  private ResourceManager arm(TokenCredential credential) throws Exception {
    return ResourceManager.configure()
        .withHttpClient(served.transport())
        .withRetryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
        .authenticate(credential, profile())
        .withSubscription(EmbeddedAzureOptions.SUBSCRIPTION);
  }
}
