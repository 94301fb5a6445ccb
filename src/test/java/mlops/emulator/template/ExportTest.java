package mlops.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.http.Json;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there as a template, which makes it again. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class ExportTest {
  private static final String AZURE = TemplateRig.GROUP + "/providers/Microsoft.";
  private static final String WORKSPACE = "MachineLearningServices/workspaces/ml-e";

  @TempDir Path folder;
  private TemplateRig rig;

  @BeforeEach
  void openWithAWorkspaceAndWhatItNeeds() {
    rig = new TemplateRig(folder);
    for (String provider :
        List.of("Storage", "KeyVault", "Insights", "ManagedIdentity", "MachineLearningServices")) {
      String path = "/providers/Microsoft." + provider + "/register";
      rig.send("POST", EmbeddedCloud.SUBSCRIPTION + path, "");
    }
    put(
        "Storage/storageAccounts/stexport",
        "{'location':'eastus2','sku':{'name':'Standard_LRS'},'kind':'StorageV2','tags':{'a':'[b]'},'properties':{'isHnsEnabled':true}}");
    put("Storage/storageAccounts/stexport/blobServices/default/containers/data", "{}");
    put("ManagedIdentity/userAssignedIdentities/id-e", "{'location':'eastus2'}");
    put(
        "ManagedIdentity/userAssignedIdentities/id-e/federatedIdentityCredentials/github",
        "{'properties':{'issuer':'https://token.actions.githubusercontent.com','subject':'repo:me/it:environment:Dev','audiences':['api://AzureADTokenExchange']}}");
    put(
        "KeyVault/vaults/kv-export",
        "{'location':'eastus2','properties':{'tenantId':'11111111-1111-1111-1111-111111111111','sku':{'family':'A','name':'standard'},'accessPolicies':[]}}");
    put(
        "Insights/components/ai-e",
        "{'location':'eastus2','kind':'web','properties':{'Application_Type':'web'}}");
    put(
        WORKSPACE,
        "{'location':'eastus2','identity':{'type':'SystemAssigned,UserAssigned','userAssignedIdentities':{'%1$sManagedIdentity/userAssignedIdentities/id-e':{}}},'properties':{'storageAccount':'%1$sStorage/storageAccounts/stexport','keyVault':'%1$sKeyVault/vaults/kv-export','applicationInsights':'%1$sInsights/components/ai-e'}}"
            .formatted(AZURE));
    put(
        WORKSPACE + "/computes/cpu",
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'STANDARD_DS2_V2','scaleSettings':{'minNodeCount':0,'maxNodeCount':3}}}}");
  }

  private void put(String id, String body) {
    Answer made = rig.send("PUT", AZURE + id, body.replace('\'', '"'));
    assertEquals(2, made.status() / 100, () -> id + ": " + made.json());
  }

  private Answer export(String body) {
    String path = TemplateRig.GROUP + "/exportTemplate";
    return rig.send("POST", path, body.replace('\'', '"'));
  }

  @Test
  void a_group_is_made_again_of_its_template() {
    Answer exported = export("{'resources':['*'],'options':'IncludeParameterDefaultValue'}");
    assertEquals(200, exported.status(), () -> exported.json().toString());
    ObjectNode template = (ObjectNode) exported.json().path("template");
    assertEquals(
        "stexport", template.at("/parameters/storageAccounts_stexport_name/defaultValue").asText());
    assertEquals("ExportTemplateCompletedWithErrors", exported.text("/error/code"));
    List<String> before = ids();
    assertEquals(200, rig.send("DELETE", TemplateRig.GROUP, "").status());
    String deleted =
        "/providers/Microsoft.KeyVault/locations/eastus2/deletedVaults/kv-export/purge";
    rig.send("POST", EmbeddedCloud.SUBSCRIPTION + deleted, "");
    rig.send("PUT", TemplateRig.GROUP, "{\"location\":\"eastus2\"}");
    rig.outputs("again", template);
    assertEquals(before, ids());
    assertEquals("[b]", get("Storage/storageAccounts/stexport").at("/tags/a").asText());
    assertTrue(get("Storage/storageAccounts/stexport").at("/properties/isHnsEnabled").asBoolean());
    JsonNode cpu = get(WORKSPACE + "/computes/cpu");
    assertEquals(3, cpu.at("/properties/properties/scaleSettings/maxNodeCount").asInt());
    get("Storage/storageAccounts/stexport/blobServices/default/containers/data");
    get("ManagedIdentity/userAssignedIdentities/id-e/federatedIdentityCredentials/github");
  }

  private List<String> ids() {
    return rig.send("GET", TemplateRig.GROUP + "/resources", "").json().findValuesAsText("id");
  }

  private JsonNode get(String id) {
    Answer answer = rig.send("GET", AZURE + id, "");
    assertEquals(200, answer.status(), () -> id + ": " + answer.json());
    return answer.json();
  }

  @Test
  void names_are_parameters_references_are_expressions_and_what_azure_says_is_left_out() {
    JsonNode template = export("{'resources':['*']}").json().path("template");
    assertEquals(
        "{\"type\":\"String\"}",
        template.at("/parameters/workspaces_ml_e_name").toString(),
        template::toString);
    JsonNode workspace = resource(template, "Microsoft.MachineLearningServices/workspaces");
    assertEquals("[parameters('workspaces_ml_e_name')]", workspace.path("name").asText());
    String account =
        "[resourceId('Microsoft.Storage/storageAccounts', parameters('storageAccounts_stexport_name'))]";
    assertEquals(account, workspace.at("/properties/storageAccount").asText());
    assertTrue(workspace.path("dependsOn").toString().contains(account));
    assertTrue(workspace.at("/properties/workspaceId").isMissingNode(), workspace::toString);
    assertTrue(workspace.at("/identity/principalId").isMissingNode(), workspace::toString);
    JsonNode container =
        resource(template, "Microsoft.Storage/storageAccounts/blobServices/containers");
    String name = container.path("name").asText();
    String prefix = "[concat(parameters('storageAccounts_stexport_name'), '/default/";
    assertTrue(name.startsWith(prefix), name);
    assertEquals(account, container.at("/dependsOn/0").asText());
  }

  private static JsonNode resource(JsonNode template, String type) {
    for (JsonNode resource : template.path("resources")) {
      if (resource.path("type").asText().equals(type)) {
        return resource;
      }
    }
    return Json.object();
  }

  @Test
  void one_resource_is_exported_with_its_own_name() {
    String id = AZURE + "Storage/storageAccounts/stexport";
    Answer exported =
        export("{'resources':['%s'],'options':'SkipAllParameterization'}".formatted(id));
    assertFalse(exported.json().has("error"), () -> exported.json().toString());
    assertEquals("{}", exported.json().at("/template/parameters").toString());
    assertEquals("stexport", exported.text("/template/resources/0/name"));
    assertTrue(
        exported.json().findValuesAsText("name").contains("stexport/default/data"),
        () -> exported.json().toString());
    assertEquals(400, export("{}").status());
    assertEquals(400, export("{'resources':['*'],'options':'Nicely'}").status());
    assertEquals(501, export("{'resources':['*'],'outputFormat':'Bicep'}").status());
  }

  @Test
  void a_deployment_gives_its_template_back() {
    ObjectNode template =
        TemplateRig.template(
            "{parameters:{p:{type:'string',defaultValue:'[resourceGroup().name]'}}}");
    rig.outputs("one", template);
    String id = TemplateRig.GROUP + "/providers/Microsoft.Resources/deployments/one";
    Answer exported = rig.send("POST", id + "/exportTemplate", "");
    assertEquals(template, exported.json().path("template"));
    assertEquals(404, rig.send("POST", id + "x/exportTemplate", "").status());
    String wide = EmbeddedCloud.SUBSCRIPTION + "/providers/Microsoft.Resources/deployments/wide";
    ObjectNode body = Json.object().put("location", "eastus2");
    body.putObject("properties")
        .put("mode", "Incremental")
        .set("template", template.without("parameters"));
    assertEquals(201, rig.send("PUT", wide, body.toString()).status());
    Answer whole = rig.send("POST", wide + "/exportTemplate", "");
    assertEquals(template, whole.json().path("template"));
  }
}
