package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.resources.fluent.ResourcesClient;
import com.azure.resourcemanager.resources.fluent.models.GenericResourceInner;
import com.azure.resourcemanager.resources.models.Sku;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What all resource types have in common, as the SDK's generic resources ask for it. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class EveryTypeTest {
  private static final String ARM = "https://management.azure.com";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Microsoft.Storage/storageAccounts|2022-09-01|StorageV2|Standard_LRS|{}",
        "Microsoft.KeyVault/vaults|2023-07-01|||{\"tenantId\":\"TENANT\",\"sku\":{\"family\":\"A\",\"name\":\"standard\"},\"accessPolicies\":[]}",
        "Microsoft.ManagedIdentity/userAssignedIdentities|2023-01-31|||",
        "Microsoft.OperationalInsights/workspaces|2020-08-01|||{}",
        "Microsoft.Insights/components|2020-02-02|web||{\"Application_Type\":\"web\"}",
        "Microsoft.MachineLearningServices/registries|2024-04-01|||{\"regionDetails\":[{\"location\":\"eastus2\"}]}",
      })
  void is_made_found_tagged_listed_and_deleted(
      String type, String version, String kind, String sku, String properties) throws IOException {
    EmbeddedCloud cloud = EmbeddedCloud.in(folder);
    cloud.resources().providers().register(type.substring(0, type.indexOf('/')));
    cloud.resources().resourceGroups().define("rg").withRegion("eastus2").create();
    ResourcesClient generic = cloud.resources().serviceClient().getResources();
    String group = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg";
    String id = group + "/providers/" + type + "/everytype1";
    assertFalse(generic.checkExistenceById(id, version));

    GenericResourceInner made =
        generic.createOrUpdateById(id, version, body(kind, sku, properties));

    assertEquals(id, made.id());
    assertTrue(generic.checkExistenceById(id, version));
    GenericResourceInner change = new GenericResourceInner();
    change.withTags(Map.of("owner", "me"));
    assertEquals("me", generic.updateById(id, version, change).tags().get("owner"));
    assertEquals(Map.of("owner", "me"), generic.getById(id, version).tags());
    for (String scope : new String[] {group, EmbeddedCloud.SUBSCRIPTION}) {
      JsonNode all =
          cloud
              .send("GET", ARM + scope + "/providers/" + type + "?api-version=" + version, "")
              .json();
      assertEquals(1, all.path("value").size(), all::toString);
      assertEquals(id, all.at("/value/0/id").asText());
    }
    JsonNode any =
        cloud
            .send(
                "GET",
                ARM + EmbeddedCloud.SUBSCRIPTION + "/resources?$filter=&api-version=2021-04-01",
                "")
            .json();
    assertTrue(any.findValuesAsText("id").contains(id), "an empty filter lets all pass");
    generic.deleteById(id, version);
    assertFalse(generic.checkExistenceById(id, version));
    ManagementException gone =
        Assertions.assertThrows(ManagementException.class, () -> generic.getById(id, version));
    assertEquals("ResourceNotFound", gone.getValue().getCode());
    cloud.assertAsDocumented();
  }

  private static GenericResourceInner body(String kind, String sku, String properties)
      throws IOException {
    GenericResourceInner body = new GenericResourceInner();
    body.withLocation("eastus2");
    if (kind != null) {
      body.withKind(kind);
    }
    if (sku != null) {
      body.withSku(new Sku().withName(sku));
    }
    if (properties != null) {
      String text = properties.replace("TENANT", EmbeddedAzureOptions.TENANT);
      body.withProperties(Json.MAPPER.readValue(text, Map.class));
    }
    return body;
  }
}
