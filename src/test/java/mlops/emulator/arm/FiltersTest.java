package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a {@code $filter} may say, in every list that has one. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class FiltersTest {
  private static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-f";

  @TempDir Path folder;
  private EmbeddedCloud cloud;

  @BeforeEach
  void openWithSomethingOfEachKind() {
    cloud = EmbeddedCloud.in(folder);
    put(GROUP, "{'location':'eastus2','tags':{'Team':'Blue'}}");
    String register = EmbeddedCloud.SUBSCRIPTION + "/providers/Microsoft.ManagedIdentity/register";
    cloud.send("POST", EmbeddedCloud.ARM + register + "?api-version=2022-09-01", "");
    put(
        GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-f",
        "{'location':'eastus2','tags':{'Cost Center':'4711'}}");
    put(
        GROUP + "/providers/Microsoft.Resources/deployments/one",
        "{'properties':{'mode':'Incremental','template':{'$schema':'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#','contentVersion':'1.0.0.0','resources':[]}}}");
    Answer made =
        cloud.send(
            "POST",
            "https://graph.microsoft.com/v1.0/applications",
            "{\"displayName\":\"Trainer\"}",
            cloud.tokenOf(cloud.azure().user().objectId(), "https://graph.microsoft.com"));
    assertEquals(201, made.status(), made::toString);
  }

  private void put(String path, String body) {
    String url = EmbeddedCloud.ARM + path + "?api-version=2021-04-01";
    Answer answer = cloud.send("PUT", url, body.replace('\'', '"'));
    assertEquals(2, answer.status() / 100, answer::toString);
  }

  private Answer ask(String list, String filter) {
    String user = cloud.azure().user().objectId();
    boolean graph = list.startsWith("https:");
    String url = graph ? list : EmbeddedCloud.ARM + list.replace("{group}", GROUP);
    String query = "$filter=" + filter.replace("{user}", user).replace(" ", "%20");
    return cloud.send(
        "GET",
        url.replace("{sub}", EmbeddedCloud.SUBSCRIPTION)
            + "?"
            + (graph ? "" : "api-version=2022-04-01&")
            + query,
        "",
        cloud.tokenOf(user, graph ? "https://graph.microsoft.com" : EmbeddedCloud.ARM));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{sub}/resources|ResourceType EQ 'microsoft.managedidentity/USERASSIGNEDIDENTITIES'|1",
        "{sub}/resources|RESOURCEGROUP eq 'RG-F' And Name eq 'ID-F'|1",
        "{sub}/resources|TagName eq 'cost center' AND tagvalue eq '4711'|1",
        "{group}/resources|SubstringOf('D-F', NAME)|1",
        "{group}/resources|LOCATION eq 'westus'|0",
        "{sub}/resourcegroups|TAGNAME eq 'team' and TagValue eq 'blue'|1",
        "{sub}/resourcegroups|tagname eq 'Team' and tagvalue eq 'red'|0",
        "{group}/providers/Microsoft.Resources/deployments|ProvisioningState EQ 'succeeded'|1",
        "{group}/providers/Microsoft.Resources/deployments|provisioningState eq 'Failed'|0",
        "{sub}/providers/Microsoft.Authorization/roleAssignments|PRINCIPALID eq '{user}'|1",
        "{sub}/providers/Microsoft.Authorization/roleAssignments|ATSCOPE() and AssignedTo('{user}')|1",
        "{sub}/providers/Microsoft.Authorization/roleAssignments|principalId eq 'nobody'|0",
        "{sub}/providers/Microsoft.Authorization/roleDefinitions|ROLENAME eq 'acrpull'|1",
        "{sub}/providers/Microsoft.Authorization/roleDefinitions|type Eq 'customrole'|0",
        "https://graph.microsoft.com/v1.0/applications|DISPLAYNAME EQ 'trainer'|1",
        "https://graph.microsoft.com/v1.0/applications|StartsWith(displayname,'x')|0",
      })
  void letters_of_fields_and_operators_may_have_any_case(String list, String filter, int found) {
    Answer answer = ask(list, filter);
    assertEquals(200, answer.status(), answer::toString);
    assertEquals(found, answer.json().path("value").size(), answer::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{sub}/resources|colour eq 'red'",
        "{sub}/resources|name like 'x'",
        "{sub}/resources|name eq 'x' or not (size eq '1')",
        "{group}/resources|contains(name,'x')",
        "{sub}/resourcegroups|startswith(colour,'r')",
        "{sub}/resourcegroups|name eq",
        "{group}/providers/Microsoft.Resources/deployments|name eq 'one'",
        "{group}/providers/Microsoft.Resources/deployments|provisioningState is 'Succeeded'",
        "{sub}/providers/Microsoft.Authorization/roleAssignments|roleName eq 'Owner'",
        "{sub}/providers/Microsoft.Authorization/roleAssignments|belowScope()",
        "{sub}/providers/Microsoft.Authorization/roleDefinitions|description eq 'x'",
        "{sub}/providers/Microsoft.Authorization/roleDefinitions|atScope()",
        "https://graph.microsoft.com/v1.0/applications|colour eq 'red'",
        "https://graph.microsoft.com/v1.0/servicePrincipals|colour eq 'red'",
        "https://graph.microsoft.com/v1.0/applications|contains(displayName,'x')",
      })
  void what_a_list_does_not_know_is_refused_and_never_passed_over(String list, String filter) {
    Answer answer = ask(list, filter);
    assertEquals(400, answer.status(), answer::toString);
  }

  @Test
  void a_page_leads_to_the_next_one() {
    String id = GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-";
    put(id + "g", "{'location':'eastus2'}");
    put(id + "h", "{'location':'eastus2'}");
    String url = EmbeddedCloud.ARM + GROUP + "/resources?api-version=2021-04-01&$top=2&$filter=";
    Answer first = cloud.send("GET", url + "startswith(name,'id')".replace("'", "%27"), "");
    assertEquals(2, first.json().path("value").size());
    Answer second = cloud.send("GET", first.text("/nextLink"), "");
    assertEquals("id-h", second.text("/value/0/name"), second::toString);
    assertEquals("", second.text("/nextLink"));
    assertEquals(400, cloud.send("GET", url + "&$skiptoken=few", "").status());
  }

  @ParameterizedTest
  @CsvSource({"{sub}/resources", "{sub}/resourcegroups", "{group}/resources"})
  void a_list_is_as_long_as_its_top_allows(String list) {
    String url =
        EmbeddedCloud.ARM
            + list.replace("{group}", GROUP).replace("{sub}", EmbeddedCloud.SUBSCRIPTION)
            + "?api-version=2022-09-01&$top=";
    Answer first = cloud.send("GET", url + "1", "");
    assertEquals(1, first.json().path("value").size());
    assertEquals("", first.text("/nextLink"), "there is no more");
    assertEquals(400, cloud.send("GET", url + "few", "").status());
  }
}
