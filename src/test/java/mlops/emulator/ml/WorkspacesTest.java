package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workspaces, by the requests that clients send. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class WorkspacesTest {
  private static final String COLLECTION =
      MlCloud.GROUP + "/providers/Microsoft.MachineLearningServices/workspaces";

  @TempDir Path folder;

  @Test
  void a_workspace_is_made_with_identity_addresses_and_datastores() {
    MlCloud ml = MlCloud.empty(folder);
    Answer made = ml.put(MlCloud.WORKSPACE, ml.workspaceBody("Dev Workspace"));
    assertEquals(200, made.status());
    JsonNode properties = made.json().path("properties");
    assertEquals("Succeeded", properties.path("provisioningState").asText());
    assertEquals("Dev Workspace", properties.path("friendlyName").asText());
    assertEquals(MlCloud.API + "/discovery", properties.path("discoveryUrl").asText());
    assertEquals(
        "azureml://eastus2.api.azureml.ms/mlflow/v1.0" + MlCloud.WORKSPACE,
        properties.path("mlFlowTrackingUri").asText());
    String principal = made.json().at("/identity/principalId").asText();
    assertFalse(principal.isEmpty());
    String roles =
        ml.get(
                MlCloud.GROUP
                    + "/providers/Microsoft.Storage/storageAccounts/mlone/providers/Microsoft.Authorization/roleAssignments?$filter=atScope()")
            .json()
            .toString();
    assertTrue(roles.contains("ba92f5b4-2d11-453d-a403-e96b0029c9fe"), roles);
    assertTrue(roles.contains(principal), roles);
    assertEquals(4, ml.get(MlCloud.WORKSPACE + "/datastores").json().path("value").size());
    ml.assertAsDocumented();
  }

  @Test
  void a_second_put_keeps_what_makes_the_workspace_itself() {
    MlCloud ml = MlCloud.in(folder);
    JsonNode before = ml.get(MlCloud.WORKSPACE).json();
    JsonNode after = ml.put(MlCloud.WORKSPACE, ml.workspaceBody("Other")).json();
    assertEquals(before.at("/properties/workspaceId"), after.at("/properties/workspaceId"));
    assertEquals(before.at("/identity/principalId"), after.at("/identity/principalId"));
    assertEquals(before.at("/systemData/createdAt"), after.at("/systemData/createdAt"));
    assertEquals("Other", after.at("/properties/friendlyName").asText());
    ml.assertAsDocumented();
  }

  @Test
  void a_patch_changes_words_only() {
    MlCloud ml = MlCloud.in(folder);
    Answer patched =
        ml.patch(MlCloud.WORKSPACE, "{'tags':{'a':'b'},'properties':{'description':'new'}}");
    assertEquals(200, patched.status());
    assertEquals("new", patched.json().at("/properties/description").asText());
    assertEquals("b", patched.json().at("/tags/a").asText());
    ml.assertAsDocumented();
  }

  @Test
  void what_a_workspace_needs_must_be_there() {
    MlCloud ml = MlCloud.empty(folder);
    Answer missing = ml.put(MlCloud.WORKSPACE, "{'location':'eastus2','properties':{}}");
    assertEquals(400, missing.status());
    assertEquals("ValidationError", missing.code());
    String body = ml.workspaceBody("x").replace("vaults/mlone", "vaults/other");
    assertEquals(400, ml.put(MlCloud.WORKSPACE, body).status());
    assertEquals(404, ml.get(MlCloud.WORKSPACE).status());
    assertEquals("ResourceNotFound", ml.get(MlCloud.WORKSPACE).code());
    assertEquals(
        "ResourceGroupNotFound",
        ml.put(MlCloud.WORKSPACE.replace("rg-ml", "rg-none"), ml.workspaceBody("x")).code());
    ml.assertAsDocumented();
  }

  @Test
  void workspaces_are_listed_by_group_and_by_subscription() {
    MlCloud ml = MlCloud.in(folder);
    assertEquals(1, ml.get(COLLECTION).json().path("value").size());
    String all =
        "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.MachineLearningServices/workspaces";
    assertEquals(1, ml.get(all).json().path("value").size());
    assertEquals(0, ml.get(all + "?$skip=1").json().path("value").size());
    ml.assertAsDocumented();
  }

  @Test
  void a_deleted_workspace_stands_in_the_way_until_it_is_recovered_or_purged() {
    MlCloud ml = MlCloud.in(folder);
    String env = MlCloud.WORKSPACE + "/environments/e/versions/1";
    assertEquals(201, ml.put(env, "{'properties':{'image':'x'}}").status());
    assertEquals(200, ml.delete(MlCloud.WORKSPACE).status());
    assertEquals(404, ml.get(MlCloud.WORKSPACE).status());
    assertEquals(204, ml.delete(MlCloud.WORKSPACE).status());
    Answer again = ml.put(MlCloud.WORKSPACE, ml.workspaceBody("x"));
    assertEquals(400, again.status());
    assertEquals(
        "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete",
        again.json().at("/error/message").asText());
    String recover =
        ml.workspaceBody("x")
            .replace("'properties':{", "'properties':{'allowRecoverSoftDeletedWorkspace':true,");
    assertEquals(200, ml.put(MlCloud.WORKSPACE, recover).status());
    assertEquals(200, ml.get(env).status());
    assertEquals(200, ml.delete(MlCloud.WORKSPACE).status());
    assertEquals(200, ml.delete(MlCloud.WORKSPACE + "?forceToPurge=true").status());
    assertEquals(200, ml.put(MlCloud.WORKSPACE, ml.workspaceBody("x")).status());
    assertEquals(404, ml.get(env).status());
  }

  @Test
  void keys_are_those_of_the_storage_account() {
    MlCloud ml = MlCloud.in(folder);
    String keys = MlCloud.GROUP + "/providers/Microsoft.Storage/storageAccounts/mlone/listKeys";
    String key = ml.post(keys, "").json().at("/keys/0/value").asText();
    assertEquals(
        key, ml.post(MlCloud.WORKSPACE + "/listKeys", "").json().path("userStorageKey").asText());
    assertEquals(
        key,
        ml.post(MlCloud.WORKSPACE + "/listStorageAccountKeys", "")
            .json()
            .path("userStorageKey")
            .asText());
    assertEquals(200, ml.post(MlCloud.WORKSPACE + "/resyncKeys", "").status());
    assertEquals(404, ml.post(MlCloud.WORKSPACE + "-none/resyncKeys", "").status());
    ml.assertAsDocumented();
  }

  @Test
  void whoever_has_no_role_is_denied_by_name_of_the_action() {
    MlCloud ml = MlCloud.in(folder);
    Answer denied = ml.sendAsStranger("GET", MlCloud.WORKSPACE, "");
    assertEquals(403, denied.status());
    assertEquals("AuthorizationFailed", denied.code());
    assertTrue(
        denied.json().toString().contains("Microsoft.MachineLearningServices/workspaces/read"));
    assertEquals(403, ml.sendAsStranger("POST", MlCloud.WORKSPACE + "/listKeys", "").status());
    ml.assertAsDocumented();
  }

  @Test
  void a_diagnosis_finds_what_is_missing() {
    MlCloud ml = MlCloud.in(folder);
    String providers = MlCloud.GROUP + "/providers/Microsoft.";
    assertEquals("", codes(ml, "{}"));
    String storage = providers + "Storage/storageAccounts/mlone";
    assertEquals(200, ml.delete(storage + "/blobServices/default/containers/azureml").status());
    String roles = storage + "/providers/Microsoft.Authorization/roleAssignments";
    String principal = ml.get(MlCloud.WORKSPACE).text("/identity/principalId");
    for (JsonNode role : ml.get(roles + "?$filter=atScope()").json().path("value")) {
      if (role.at("/properties/principalId").asText().equals(principal)) {
        ml.delete(role.path("id").asText());
      }
    }
    ml.delete(providers + "KeyVault/vaults/mlone");
    ml.delete(providers + "Insights/components/mlone");
    assertEquals(
        "ContainerNotFound StorageAccountAccessDenied KeyVaultNotFound ApplicationInsightsNotFound",
        codes(ml, "{}"));
    assertEquals("KeyVaultNotFound", codes(ml, "{'value':{'keyVault':{}}}"));
    ml.delete(storage);
    assertEquals("StorageAccountNotFound", codes(ml, "{'value':{'storageAccount':{}}}"));
    ml.assertAsDocumented();
  }

  private static String codes(MlCloud ml, String body) {
    Answer diagnosis = ml.post(MlCloud.WORKSPACE + "/diagnose", body);
    assertEquals(200, diagnosis.status(), diagnosis::toString);
    return String.join(" ", diagnosis.json().findValuesAsText("code"));
  }

  @Test
  void other_kinds_and_what_nothing_here_follows_are_refused_by_name() {
    MlCloud ml = MlCloud.empty(folder);
    for (String kind : new String[] {"hub", "project"}) {
      String body = "{'location':'eastus2','kind':'%s','properties':{}}".formatted(kind);
      Answer refused = ml.put(MlCloud.WORKSPACE, body);
      assertEquals(501, refused.status());
      assertTrue(refused.text("/error/message").contains("\"" + kind + "\""), refused::toString);
    }
    ml.put(MlCloud.WORKSPACE, ml.workspaceBody("x"));
    for (String setting :
        new String[] {
          "'v1LegacyMode':true",
          "'enableDataIsolation':true",
          "'systemDatastoresAuthMode':'identity'",
          "'serverlessComputeSettings':{'serverlessComputeNoPublicIP':true}"
        }) {
      String body = "{'properties':{%s}}".formatted(setting);
      assertEquals(501, ml.patch(MlCloud.WORKSPACE, body).status(), setting);
    }
    assertEquals(501, ml.patch(MlCloud.WORKSPACE, "{'sku':{'name':'Enterprise'}}").status());
  }
}
