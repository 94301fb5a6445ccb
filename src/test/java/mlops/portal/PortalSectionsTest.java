package mlops.portal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.resourcemanager.storage.models.PublicAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mlops.azure.Azure;
import mlops.azure.AzureConnection;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.portal.shown.Links;
import mlops.portal.shown.Section;
import mlops.portal.shown.ShownAzure;
import mlops.profile.ProfileFile;
import mlops.profile.ProfileOverrides;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown to a user who owns a storage account, and holds no role on its data. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class PortalSectionsTest {

  private static PortalSections sections(EmbeddedCloud cloud) {
    Azure azure =
        new Azure(
            new AzureConnection(
                cloud.http(),
                cloud.credential(),
                EmbeddedAzureOptions.SUBSCRIPTION,
                Duration.ofMillis(50)));
    var none = ProfileOverrides.none();
    var profile = ProfileFile.load(Path.of("mlops.yml"), none, Map.of());
    return new PortalSections(new ShownAzure(azure, profile), Links.PORTAL, List::of);
  }

  @Test
  void what_azure_refuses_is_said_in_its_place(@TempDir Path folder) {
    EmbeddedCloud cloud = EmbeddedCloud.in(folder);
    cloud.resources().resourceGroups().define("rg-d").withRegion("eastus2").create();
    var accounts = cloud.storage().storageAccounts().define("stdenied").withRegion("eastus2");
    accounts.withExistingResourceGroup("rg-d").create();
    cloud
        .storage()
        .blobContainers()
        .defineContainer("things")
        .withExistingStorageAccount("rg-d", "stdenied")
        .withPublicAccess(PublicAccess.NONE)
        .create();
    PortalSections sections = sections(cloud);
    String storage = sections.html(Section.STORAGE).markup();
    assertTrue(storage.contains("<a href=\"/storage/stdenied/things\">things</a>"), storage);
    String denied = "You hold no role that lets you read it. Access shows who does.";
    String files = sections.container("stdenied", "things").orElseThrow().markup();
    assertTrue(files.contains(denied), files);
    String file = sections.file("stdenied", "things", "x").orElseThrow().markup();
    assertTrue(file.contains(denied), file);
    String access = sections.html(Section.ACCESS).markup();
    assertTrue(access.contains("by the keys of the account, which it may read"), access);
    assertEquals(Optional.empty(), sections.container("another", "things"));
    assertEquals(Optional.empty(), sections.job("ml", "../x"));
    assertEquals(Optional.empty(), sections.job("ml", "job"));
  }
}
