package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key vaults and their second life, and what a workspace needs for its logs. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class KeyVaultsTest {
  private static final String ROOT = EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION;
  private static final String VAULTS = "/providers/Microsoft.KeyVault/vaults";
  private static final String DELETED =
      ROOT + "/providers/Microsoft.KeyVault/locations/eastus2/deletedVaults/kv-one";
  private static final String VERSION = "?api-version=2023-07-01";
  private static final String VAULT =
      "{'location':'eastus2','properties':{'tenantId':'%s','sku':{'family':'A','name':'standard'},'accessPolicies':[]}}"
          .formatted(EmbeddedAzureOptions.TENANT);

  @TempDir Path folder;
  private EmbeddedCloud cloud;

  @BeforeEach
  void openWithTwoGroups() {
    cloud = EmbeddedCloud.in(folder);
    for (String provider : new String[] {"KeyVault", "Insights", "OperationalInsights"}) {
      cloud.send(
          "POST",
          ROOT + "/providers/Microsoft." + provider + "/register?api-version=2022-09-01",
          "");
    }
    put("rg-a", "?api-version=2022-09-01", "{'location':'eastus2'}");
    put("rg-b", "?api-version=2022-09-01", "{'location':'eastus2'}");
  }

  @Test
  void a_vault_is_created_found_listed_changed_and_softly_deleted() {
    Answer made = put("rg-a" + VAULTS + "/kv-one", VERSION, VAULT);
    assertEquals(200, made.status());
    assertEquals("https://kv-one.vault.azure.net/", made.text("/properties/vaultUri"));
    assertEquals("true", made.text("/properties/enableSoftDelete"));
    send("PATCH", "rg-a" + VAULTS + "/kv-one", VERSION, "{'tags':{'a':'b'}}");
    assertEquals("b", get("rg-a" + VAULTS + "/kv-one", VERSION).text("/tags/a"));
    assertEquals(1, get("rg-a" + VAULTS, VERSION).json().path("value").size());
    assertEquals(1, cloud.send("GET", ROOT + VAULTS + VERSION, "").json().path("value").size());
    assertEquals(200, send("DELETE", "rg-a" + VAULTS + "/kv-one", VERSION, "").status());
    assertEquals("ResourceNotFound", get("rg-a" + VAULTS + "/kv-one", VERSION).code());
    assertEquals("kv-one", cloud.send("GET", DELETED + VERSION, "").text("/name"));
    Answer all =
        cloud.send("GET", ROOT + "/providers/Microsoft.KeyVault/deletedVaults" + VERSION, "");
    assertEquals(1, all.json().path("value").size());
    String vaults = "/providers/Microsoft.KeyVault";
    for (String hsms :
        List.of(
            vaults + "/managedHSMs",
            vaults + "/deletedManagedHSMs",
            "/resourceGroups/rg-a" + vaults + "/managedHSMs")) {
      String url = ROOT + hsms + VERSION;
      assertEquals("{\"value\":[]}", cloud.send("GET", url, "").json().toString());
    }
  }

  @Test
  void a_name_is_taken_by_a_live_vault_and_blocked_by_a_deleted_one() {
    put("rg-a" + VAULTS + "/kv-one", VERSION, VAULT);
    Answer taken = put("rg-b" + VAULTS + "/kv-one", VERSION, VAULT);
    assertEquals(409, taken.status());
    assertEquals("VaultAlreadyExists", taken.code());
    send("DELETE", "rg-a" + VAULTS + "/kv-one", VERSION, "");
    assertEquals("ConflictError", put("rg-b" + VAULTS + "/kv-one", VERSION, VAULT).code());
    String recover = VAULT.replace("'tenantId'", "'createMode':'recover','tenantId'");
    assertEquals(200, put("rg-a" + VAULTS + "/kv-one", VERSION, recover).status());
    assertEquals(404, cloud.send("GET", DELETED + VERSION, "").status());
    send("DELETE", "rg-a" + VAULTS + "/kv-one", VERSION, "");
    assertEquals(202, cloud.send("POST", DELETED + "/purge" + VERSION, "").status());
    assertEquals(200, put("rg-b" + VAULTS + "/kv-one", VERSION, VAULT).status());
    assertEquals("VaultNameNotValid", put("rg-b" + VAULTS + "/1kv", VERSION, VAULT).code());
    assertEquals(
        "BadRequest", put("rg-b" + VAULTS + "/kv-two", VERSION, "{'location':'eastus2'}").code());
  }

  @Test
  void what_protects_a_vault_cannot_be_taken_away() {
    String vault = "rg-a" + VAULTS + "/kv-one";
    assertRefused("enableSoftDelete", put(vault, VERSION, with("'enableSoftDelete':false")));
    assertRefused("7 to 90", put(vault, VERSION, with("'softDeleteRetentionInDays':6")));
    assertRefused(
        "enablePurgeProtection", put(vault, VERSION, with("'enablePurgeProtection':false")));
    Answer made = put(vault, VERSION, with("'softDeleteRetentionInDays':7"));
    assertEquals("7", made.text("/properties/softDeleteRetentionInDays"));
    assertEquals(200, put(vault, VERSION, with("'enablePurgeProtection':true")).status());
    String off = "{'properties':{'enablePurgeProtection':false}}";
    assertRefused("irreversible", send("PATCH", vault, VERSION, off));
    String longer = "{'properties':{'softDeleteRetentionInDays':8}}";
    assertRefused("has been set already", send("PATCH", vault, VERSION, longer));
    assertEquals("true", put(vault, VERSION, VAULT).text("/properties/enablePurgeProtection"));
    send("DELETE", vault, VERSION, "");
    assertEquals(
        "true",
        cloud.send("GET", DELETED + VERSION, "").text("/properties/purgeProtectionEnabled"));
    Answer purge = cloud.send("POST", DELETED + "/purge" + VERSION, "");
    assertEquals(405, purge.status());
    assertEquals("Operation 'DeletedVaultPurge' is not allowed.", purge.text("/error/message"));
  }

  private static String with(String property) {
    return VAULT.replace("'tenantId'", property + ",'tenantId'");
  }

  private static void assertRefused(String why, Answer answer) {
    assertEquals(400, answer.status());
    assertTrue(answer.text("/error/message").contains(why), answer.text("/error/message"));
  }

  @Test
  void a_deleted_group_leaves_its_vaults_recoverable() {
    put("rg-a" + VAULTS + "/kv-one", VERSION, VAULT);
    assertEquals(200, send("DELETE", "rg-a", "?api-version=2022-09-01", "").status());
    assertEquals("eastus2", cloud.send("GET", DELETED + VERSION, "").text("/properties/location"));
  }

  @Test
  void log_workspaces_and_components_are_created_found_changed_and_deleted() {
    String logs = "rg-a/providers/Microsoft.OperationalInsights/workspaces/logs-one";
    String version = "?api-version=2020-08-01";
    Answer made = put(logs, version, "{'location':'eastus2','properties':{}}");
    assertEquals(201, made.status());
    Answer again = put(logs, version, "{'location':'eastus2','properties':{}}");
    assertEquals(200, again.status());
    assertEquals(made.text("/properties/customerId"), again.text("/properties/customerId"));
    assertEquals("b", send("PATCH", logs, version, "{'tags':{'a':'b'}}").text("/tags/a"));
    assertEquals(200, send("DELETE", logs, version, "").status());
    assertEquals(404, get(logs, version).status());
    String component = "rg-a/providers/Microsoft.Insights/components/insights-one";
    String web = "{'location':'eastus2','kind':'web','properties':{'Application_Type':'web'}}";
    Answer first = put(component, "?api-version=2020-02-02", web);
    Answer second = put(component, "?api-version=2020-02-02", web);
    assertEquals(
        first.text("/properties/InstrumentationKey"),
        second.text("/properties/InstrumentationKey"));
    assertEquals(
        400, put(component, "?api-version=2020-02-02", web.replace("'kind':'web',", "")).status());
    assertEquals(200, send("DELETE", component, "?api-version=2020-02-02", "").status());
    assertEquals(204, send("DELETE", component, "?api-version=2020-02-02", "").status());
  }

  private Answer put(String path, String version, String body) {
    return send("PUT", path, version, body);
  }

  private Answer get(String path, String version) {
    return send("GET", path, version, "");
  }

  private Answer send(String method, String path, String version, String body) {
    return cloud.send(method, ROOT + "/resourceGroups/" + path + version, body.replace('\'', '"'));
  }
}
