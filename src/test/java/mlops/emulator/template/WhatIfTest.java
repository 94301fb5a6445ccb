package mlops.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.Region;
import com.azure.resourcemanager.resources.ResourceManager;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a deployment would change, and that asking changes nothing. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class WhatIfTest {
  private static final String VERSION = "?api-version=2024-07-01";
  private static final String GROUP =
      EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + "/resourcegroups/rg-w";
  private static final String DEPLOYMENT = GROUP + "/providers/Microsoft.Resources/deployments/one";
  private static final String ACCOUNT =
      "{'type':'Microsoft.Storage/storageAccounts','apiVersion':'2023-05-01','name':'stgwhatif','location':'%s','tags':{%s},'sku':{'name':'%s'},'kind':'StorageV2','properties':{%s}}";
  private static final String KEPT =
      ACCOUNT.formatted("East US 2", "'team':'ml'", "Standard_LRS", "'minimumTlsVersion':'TLS1_2'");

  @TempDir Path folder;
  private EmbeddedCloud cloud;

  @BeforeEach
  void make_a_group_with_an_account_and_an_identity() {
    cloud = EmbeddedCloud.in(folder);
    ResourceManager resources = cloud.resources();
    resources.resourceGroups().define("rg-w").withRegion(Region.US_EAST2).create();
    String identity = "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/other";
    cloud.send("PUT", GROUP + identity + "?api-version=2023-01-31", "{\"location\":\"eastus2\"}");
    assertEquals(201, deploy(template(KEPT)).status());
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  @Test
  void what_is_there_already_is_no_change_and_what_a_template_leaves_out_is_ignored() {
    JsonNode changes = whatIf(template(KEPT), "");
    assertEquals(Map.of("stgwhatif", "NoChange", "other", "Ignore"), types(changes));
    assertEquals(0, changes.get(0).path("delta").size());
    assertEquals("StorageV2", changes.get(0).at("/before/kind").asText());
  }

  @Test
  void each_property_that_would_change_is_named_with_both_values_and_nothing_is_written() {
    String changed =
        ACCOUNT.formatted(
            "eastus2", "'owner':'me'", "Standard_ZRS", "'allowBlobPublicAccess':false");
    JsonNode before = account();
    JsonNode change = whatIf(template(changed), "").get(0);
    assertEquals("Modify", change.path("changeType").asText());
    Map<String, String> delta = new TreeMap<>();
    for (JsonNode property : change.path("delta")) {
      delta.put(
          property.path("path").asText(),
          property.path("propertyChangeType").asText()
              + " "
              + property.path("before").asText("-")
              + " "
              + property.path("after").asText("-"));
    }
    assertEquals("Modify Standard_LRS Standard_ZRS", delta.remove("sku.name"));
    assertEquals("Create - me", delta.remove("tags.owner"));
    assertEquals("Delete ml -", delta.remove("tags.team"));
    String access = delta.remove("properties.allowBlobPublicAccess");
    assertTrue(access == null || access.endsWith(" false"), access);
    assertEquals(Map.of(), delta);
    assertEquals(before, account());
  }

  @Test
  void new_resources_keep_the_expressions_that_have_no_value_yet() {
    String fresh =
        KEPT.replace("stgwhatif", "stgfresh")
            .replace(
                "'team':'ml'",
                "'team':\"[toUpper('ml')]\",'from':\"[reference('stgwhatif').primaryEndpoints.blob]\",'key':\"[listKeys('stgwhatif', '2023-05-01').keys[0].value]\"");
    JsonNode change = whatIf(template(KEPT + "," + fresh), "").get(1);
    assertEquals("Create", change.path("changeType").asText());
    assertEquals("ML", change.at("/after/tags/team").asText());
    assertTrue(change.at("/after/tags/from").asText().startsWith("[reference("));
    assertTrue(change.at("/after/tags/key").asText().startsWith("[listKeys("));
    assertFalse(change.has("before"));
  }

  @Test
  void nested_deployments_show_their_resources() {
    String nested =
        "{'type':'Microsoft.Resources/deployments','apiVersion':'2022-09-01','name':'inside','properties':{'mode':'Incremental','expressionEvaluationOptions':{'scope':'inner'},'parameters':{'n':{'value':'stginside'}},'template':{'$schema':'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#','contentVersion':'1.0.0.0','parameters':{'n':{'type':'string'}},'resources':[%s]}}}"
            .formatted(KEPT.replace("'stgwhatif'", "\"[parameters('n')]\""));
    JsonNode changes = whatIf(template(KEPT + "," + nested), "");
    assertEquals(
        Map.of("stgwhatif", "NoChange", "stginside", "Create", "other", "Ignore"), types(changes));
  }

  @Test
  void a_subscription_says_which_groups_would_be_made() {
    String group =
        "{'type':'Microsoft.Resources/resourceGroups','apiVersion':'2022-09-01','name':'%s','location':'eastus2'}";
    String url =
        EmbeddedCloud.ARM
            + EmbeddedCloud.SUBSCRIPTION
            + "/providers/Microsoft.Resources/deployments/wide/whatIf"
            + VERSION;
    String body = body(template(group.formatted("rg-w") + "," + group.formatted("rg-new")), "");
    Answer answer = cloud.send("POST", url, "{\"location\":\"eastus2\"," + body.substring(1));
    assertEquals("Succeeded", answer.text("/status"), answer.json()::toString);
    assertEquals(
        Map.of("rg-w", "NoChange", "rg-new", "Create"),
        types(answer.json().at("/properties/changes")));
  }

  @Test
  void ids_alone_say_what_would_be_deployed() {
    JsonNode changes =
        whatIf(template(KEPT), "'whatIfSettings':{'resultFormat':'ResourceIdOnly'},");
    assertEquals(Map.of("stgwhatif", "Deploy", "other", "Ignore"), types(changes));
    assertFalse(changes.get(0).has("before"));
    assertFalse(changes.get(0).has("delta"));
  }

  @Test
  void a_wrong_template_is_the_result_of_the_operation() {
    Answer answer = asked(template(KEPT.replace("'kind'", "'dependsOn':['none'],'kind'")), "");
    assertEquals(200, answer.status());
    assertEquals("Failed", answer.text("/status"));
    assertEquals("InvalidTemplate", answer.text("/error/code"));
  }

  private JsonNode account() {
    return cloud
        .send(
            "GET",
            GROUP + "/providers/Microsoft.Storage/storageAccounts/stgwhatif?api-version=2023-05-01",
            "")
        .json();
  }

  private static Map<String, String> types(JsonNode changes) {
    Map<String, String> types = new TreeMap<>();
    for (JsonNode change : changes) {
      String id = change.path("resourceId").asText();
      types.put(id.substring(id.lastIndexOf('/') + 1), change.path("changeType").asText());
    }
    return types;
  }

  private JsonNode whatIf(String template, String settings) {
    Answer answer = asked(template, settings);
    assertEquals("Succeeded", answer.text("/status"), answer.json()::toString);
    return answer.json().at("/properties/changes");
  }

  private Answer asked(String template, String settings) {
    return cloud.send("POST", DEPLOYMENT + "/whatIf" + VERSION, body(template, settings));
  }

  private Answer deploy(String template) {
    return cloud.send("PUT", DEPLOYMENT + VERSION, body(template, ""));
  }

  private static String body(String template, String settings) {
    return "{\"properties\":{%s\"mode\":\"Incremental\",\"template\":%s}}"
        .formatted(settings, template)
        .replace("'", "\"")
        .replace("\u0001", "'");
  }

  private static String template(String resources) {
    return "{'$schema':'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#','contentVersion':'1.0.0.0','resources':[%s]}"
        .formatted(quoted(resources));
  }

  /** Expressions keep their single quotes. */
  private static String quoted(String json) {
    StringBuilder text = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      inside ^= c == '"';
      text.append(inside && c == '\'' ? '\u0001' : c);
    }
    return text.toString();
  }
}
