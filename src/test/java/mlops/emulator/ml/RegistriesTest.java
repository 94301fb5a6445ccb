package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.login.directory.Directory;
import mlops.emulator.login.directory.Principal;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries as resources: what they bring along, what they refuse, how they go. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class RegistriesTest {
  static final String ALL =
      MlCloud.GROUP + "/providers/Microsoft.MachineLearningServices/registries";
  static final String ONE = ALL + "/reg-one";
  private static final String DISCOVERY =
      "https://eastus.api.azureml.ms/registrymanagement/v1.0/registries/reg-one/discovery";

  @TempDir Path folder;
  private MlCloud ml;

  @BeforeEach
  void open() {
    ml = MlCloud.empty(folder);
  }

  static String body(String regions) {
    return "{'location':'eastus2','tags':{'team':'taxi'},'identity':{'type':'SystemAssigned'},'properties':{'regionDetails':["
        + regions
        + "]}}";
  }

  /** A region as azure-ai-ml asks for one. */
  static String region(String location) {
    return "{'location':'%s','acrDetails':[{'systemCreatedAcrAccount':{'acrAccountSku':'Premium'}}],'storageAccountDetails':[{'systemCreatedStorageAccount':{'storageAccountHnsEnabled':false,'storageAccountType':'standard_lrs'}}]}"
        .formatted(location);
  }

  private void make() {
    assertEquals(202, ml.put(ONE, body(region("eastus2"))).status());
  }

  @Test
  void is_made_with_a_group_of_its_own_and_found() {
    Answer accepted = ml.put(ONE, body(region("EastUS2")));

    assertEquals(202, accepted.status());
    Answer status = ml.get(accepted.header("Azure-AsyncOperation"));
    assertEquals("Succeeded", status.text("/status"));
    assertEquals(ONE, ml.get(accepted.header("Location")).text("/id"));
    JsonNode registry = ml.get(ONE).json();
    String group = registry.at("/properties/managedResourceGroup/resourceId").asText();
    assertTrue(group.contains("/resourceGroups/azureml-rg-reg-one_"), group);
    assertEquals(ONE, ml.get(group).text("/managedBy"));
    JsonNode region = registry.at("/properties/regionDetails/0");
    String storage =
        region
            .at("/storageAccountDetails/0/systemCreatedStorageAccount/armResourceId/resourceId")
            .asText();
    String containers =
        region.at("/acrDetails/0/systemCreatedAcrAccount/armResourceId/resourceId").asText();
    assertEquals("Standard_LRS", ml.get(storage).text("/sku/name"));
    assertEquals("Premium", ml.get(containers).text("/sku/name"));
    assertEquals(204, ml.send("HEAD", containers, "").status());
    String ofType = containers.substring(0, containers.lastIndexOf('/'));
    assertEquals(1, ml.get(ofType).json().path("value").size());
    String everywhere =
        EmbeddedCloud.SUBSCRIPTION + "/providers/Microsoft.ContainerRegistry/registries";
    assertEquals(1, ml.get(everywhere).json().path("value").size());
    assertEquals(2, ml.get(group + "/resources").json().path("value").size());
    ml.assertAsDocumented();
  }

  /** An older version, which the documents at hand do not describe. */
  @Test
  void gives_its_group_the_tags_that_azure_ai_ml_sends() {
    String preview = ONE + "?api-version=2022-10-01-preview";
    String tags = "'properties':{'managedResourceGroupTags':{'team':'taxi'},";
    ml.put(preview, body(region("eastus2")).replace("'properties':{", tags));
    assertEquals("taxi", ml.get(group()).text("/tags/team"));
    assertEquals("taxi", ml.get(preview).text("/properties/managedResourceGroupTags/team"));
  }

  @Test
  void is_discovered_on_eastus_whatever_its_region() {
    make();

    JsonNode found = ml.get(DISCOVERY).json();

    assertEquals("eastus2", found.path("primaryRegion").asText());
    assertEquals("rg-ml", found.path("resourceGroup").asText());
    assertEquals(
        "https://cert-eastus2.experiments.azureml.net/",
        found.path("primaryRegionResourceProviderUri").asText());
    assertTrue(found.at("/registryFqdns/eastus2/uri").asText().contains("privatelink"));
  }

  @Test
  void who_may_not_read_it_is_told_what_he_is_told_of_none() {
    make();

    Answer hidden = ml.sendAsStranger("GET", DISCOVERY, "");
    Answer none = ml.get(DISCOVERY.replace("reg-one", "reg-two"));

    assertEquals(401, hidden.status());
    assertEquals("UserError", hidden.code());
    assertEquals(
        "User/tenant/subscription is not allowed to access registry reg-one",
        hidden.text("/error/message"));
    assertEquals("ComponentName", hidden.text("/error/additionalInfo/0/type"));
    assertEquals(401, none.status());
  }

  @Test
  void a_new_role_works_there_after_a_while() {
    EmbeddedCloud late =
        EmbeddedCloud.on(
            EmbeddedAzure.open(
                folder, EmbeddedAzureOptions.defaults().withRoleDelay(Duration.ofHours(1))));
    make();
    Principal reader = new Directory(late.azure().state()).managedIdentity("reader", "/reader");
    String scope = EmbeddedCloud.ARM + MlCloud.GROUP;
    late.send(
        "PUT",
        scope
            + "/providers/Microsoft.Authorization/roleAssignments/6f1ad8e0-0000-4000-8000-000000000002?api-version=2022-04-01",
        "{\"properties\":{\"roleDefinitionId\":\"%s/providers/Microsoft.Authorization/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7\",\"principalId\":\"%s\",\"principalType\":\"ServicePrincipal\"}}"
            .formatted(EmbeddedCloud.SUBSCRIPTION, reader.objectId()));
    String token = late.tokenOf(reader.objectId(), EmbeddedCloud.ARM);

    assertEquals(
        200,
        late.send("GET", EmbeddedCloud.ARM + ONE + "?api-version=2024-04-01", "", token).status());
    assertEquals(401, late.send("GET", DISCOVERY, "", token).status());
    assertEquals(200, ml.send("GET", DISCOVERY, "", token, Map.of()).status(), "without a delay");
    assertEquals(200, late.send("GET", DISCOVERY, "").status(), "the owner");
  }

  @Test
  void is_listed_tagged_and_given_a_region_more() {
    make();

    assertEquals(1, ml.get(ALL).json().path("value").size());
    String everywhere =
        EmbeddedCloud.SUBSCRIPTION + "/providers/Microsoft.MachineLearningServices/registries";
    assertEquals(1, ml.get(everywhere).json().path("value").size());
    assertEquals(204, ml.send("HEAD", ONE, "").status());
    assertEquals("me", ml.patch(ONE, "{'tags':{'owner':'me'}}").text("/tags/owner"));
    String storage = account(0);
    Answer more = ml.put(ONE, body(region("eastus2") + "," + region("westus")));
    assertEquals(202, more.status(), () -> more.json().toString());
    assertEquals(storage, account(0), "what is there stays");
    assertEquals(4, managed().path("value").size());
    Answer fewer =
        ml.post(
            ONE + "/removeRegions",
            "{'location':'eastus2','properties':{'regionDetails':[{'location':'westus'}]}}");
    assertEquals(202, fewer.status());
    assertEquals(1, ml.get(ONE).json().at("/properties/regionDetails").size());
    assertEquals(2, managed().path("value").size());
    ml.assertAsDocumented();
  }

  private String account(int region) {
    return ml.get(ONE)
        .text(
            "/properties/regionDetails/%d/storageAccountDetails/0/systemCreatedStorageAccount/storageAccountName"
                .formatted(region));
  }

  private JsonNode managed() {
    return ml.get(group() + "/resources").json();
  }

  private String group() {
    return ml.get(ONE).text("/properties/managedResourceGroup/resourceId");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'location':'westus'}|must be one of its regionDetails",
        "{'location':'eastus2'},{'location':'eastus2'}|is listed twice",
        "{'location':'eastus2'},{'location':'mars'}|'mars' is not available",
        "{'location':'eastus2','storageAccountDetails':[{'userCreatedStorageAccount':{'armResourceId':{'resourceId':'/subscriptions/s'}}}]}|using an existing storage account is not permitted",
        "{'location':'eastus2','acrDetails':[{'userCreatedAcrAccount':{'armResourceId':{'resourceId':'/subscriptions/s'}}}]}|using an existing container registry is not permitted",
        "{'location':'eastus2','storageAccountDetails':[{'systemCreatedStorageAccount':{'storageAccountType':'tape'}}]}|'tape' is unknown",
      })
  void refuses_what_a_registry_cannot_have(String regions, String why) {
    Answer refused = ml.put(ONE, body(regions));
    assertEquals(400, refused.status());
    assertTrue(refused.text("/error/message").contains(why), refused.text("/error/message"));
    assertEquals(404, ml.get(ONE).status());
  }

  @Test
  void refuses_names_that_are_bad_or_taken_and_closed_networks() {
    assertEquals(400, ml.put(ALL + "/ab", body(region("eastus2"))).status());
    make();
    ml.put(MlCloud.GROUP + "2", "{'location':'eastus2'}");
    Answer taken = ml.put(ONE.replace("rg-ml", "rg-ml2"), body(region("eastus2")));
    assertEquals(409, taken.status());
    assertTrue(taken.text("/error/message").contains("unique in the tenant"));
    String closed =
        body(region("eastus2")).replace("'regionD", "'publicNetworkAccess':'Disabled','regionD");
    assertEquals(501, ml.put(ALL + "/reg-closed", closed).status());
    for (String region : List.of("eastus2", "westus")) {
      Answer kept =
          ml.post(
              ONE + "/removeRegions",
              "{'location':'eastus2','properties':{'regionDetails':[{'location':'%s'}]}}"
                  .formatted(region));
      assertEquals(400, kept.status(), region);
    }
  }

  @Test
  void nobody_else_changes_its_group_and_everybody_gives_roles_there() {
    make();
    String group = group();

    Answer refused = ml.delete(group);

    assertEquals(403, refused.status());
    assertEquals("DenyAssignmentAuthorizationFailed", refused.code());
    assertTrue(refused.text("/error/message").contains(ONE));
    String role =
        group
            + "/providers/Microsoft.Authorization/roleAssignments/6f1ad8e0-0000-4000-8000-000000000001";
    Answer given =
        ml.put(
            role,
            "{'properties':{'roleDefinitionId':'%s/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d','principalId':'%s','principalType':'User'}}"
                .formatted(EmbeddedCloud.SUBSCRIPTION, ml.cloud().azure().user().objectId()));
    assertEquals(201, given.status(), () -> given.json().toString());
  }

  @Test
  void goes_with_its_group_and_its_name_is_known_a_while_longer() {
    make();
    String group = group();

    Answer accepted = ml.delete(ONE);

    assertEquals(202, accepted.status());
    assertEquals("Succeeded", ml.get(accepted.header("Azure-AsyncOperation")).text("/status"));
    assertEquals(204, ml.get(accepted.header("Location")).status());
    assertEquals(404, ml.get(ONE).status());
    assertEquals(404, ml.get(group).status());
    assertEquals(204, ml.delete(ONE).status());
    assertEquals(200, ml.get(DISCOVERY).status(), "not gone everywhere");
    assertEquals(409, ml.put(ONE, body(region("eastus2"))).status());
    ml.until(() -> ml.get(DISCOVERY).status() == 401);
    make();
    assertNotEquals(group, group());
    ml.assertAsDocumented();
  }

  @Test
  void goes_when_the_group_goes_that_it_is_in() {
    make();
    String group = group();
    assertEquals(200, ml.delete(MlCloud.GROUP).status());
    assertEquals(404, ml.get(group).status());
    assertEquals(401, ml.get(DISCOVERY).status());
  }
}
