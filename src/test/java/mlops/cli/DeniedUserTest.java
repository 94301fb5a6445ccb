package mlops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import java.nio.file.Path;
import java.util.List;
import mlops.cli.session.Problem;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user whom storage denies is told as much as an identity whose job it denies. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class DeniedUserTest {
  private static final String ACCOUNT =
      EmbeddedCloud.SUBSCRIPTION
          + "/resourceGroups/rg-d/providers/Microsoft.Storage/storageAccounts/stdenied";
  private static final String BLOBS =
      "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/";
  private static final String USER = "22222222-2222-2222-2222-222222222222";

  @Test
  void a_denial_names_scope_action_and_principal(@TempDir Path folder) {
    EmbeddedCloud cloud = EmbeddedCloud.in(folder);
    cloud.resources().resourceGroups().define("rg-d").withRegion("eastus2").create();
    cloud
        .storage()
        .storageAccounts()
        .define("stdenied")
        .withRegion("eastus2")
        .withExistingResourceGroup("rg-d")
        .create();
    BlobClient blob =
        new BlobServiceClientBuilder()
            .endpoint("https://stdenied.blob.core.windows.net")
            .httpClient(cloud.http())
            .credential(cloud.credential())
            .buildClient()
            .createBlobContainer("things")
            .getBlobClient("x");
    BlobStorageException read = assertThrows(BlobStorageException.class, blob::downloadContent);
    BlobStorageException deleted = assertThrows(BlobStorageException.class, blob::delete);
    says(Problem.of(read), "read");
    says(Problem.of(deleted), "delete");
  }

  private static void says(Problem problem, String act) {
    assertEquals("AuthorizationPermissionMismatch", problem.code());
    String scope = ACCOUNT + "/blobServices/default/containers/things";
    for (String part : List.of("'" + USER + "'", "'" + BLOBS + act + "'", "'" + scope + "'")) {
      assertTrue(problem.message().contains(part), problem::message);
    }
    assertTrue(problem.message().startsWith("This request is not authorized"), problem::message);
  }
}
