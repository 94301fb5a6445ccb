package mlops.emulator.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import java.nio.file.Path;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.login.directory.Directory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what in a vault, by roles and by access policies, and how others are told. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class VaultAccessTest {
  @TempDir Path folder;
  private VaultRig rig;
  private String principal;
  private String token;

  @BeforeEach
  void a_principal_without_rights() {
    rig = VaultRig.in(folder);
    EmbeddedCloud cloud = rig.cloud();
    principal = new Directory(cloud.azure().state()).managedIdentity("job", "/none").objectId();
    token = cloud.tokenOf(principal, VaultRig.AUDIENCE);
  }

  @Test
  void a_request_without_a_token_is_told_where_to_get_one() {
    rig.vault("'accessPolicies':[]");
    HttpRequest request =
        new HttpRequest(HttpMethod.GET, VaultRig.URL + "/secrets/a?api-version=7.4");
    try (HttpResponse response = rig.cloud().http().sendSync(request, Context.NONE)) {
      assertEquals(401, response.getStatusCode());
      assertEquals(
          "Bearer authorization=\"https://login.microsoftonline.com/%s\", resource=\"https://vault.azure.net\""
              .formatted(EmbeddedAzureOptions.TENANT),
          response.getHeaders().getValue(HttpHeaderName.WWW_AUTHENTICATE));
      assertEquals(
          "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"AKV10000: Request is missing a Bearer or PoP token.\"}}",
          response.getBodyAsBinaryData().toString());
    }
    Answer wrong = rig.as(rig.cloud().userToken(EmbeddedCloud.ARM), "GET", "/secrets", "");
    assertEquals(401, wrong.status());
    assertEquals(
        "AKV10022: Invalid audience. Expected https://vault.azure.net, found: https://management.azure.com.",
        wrong.text("/error/message"));
  }

  @Test
  void roles_give_what_their_data_actions_say() {
    rig.officer().setSecret("mine", "value");
    rig.client().setSecret("other", "value");
    Answer denied = rig.as(token, "GET", "/secrets/mine", "");
    assertEquals(403, denied.status());
    assertEquals("Forbidden", denied.code());
    assertEquals("ForbiddenByRbac", denied.text("/error/innererror/code"));
    String message = denied.text("/error/message");
    assertTrue(message.startsWith("Caller is not authorized to perform action on resource.\r\n"));
    assertTrue(message.contains("oid=" + principal + ";iss=https://sts.windows.net/"), message);
    assertTrue(message.contains("Action: 'Microsoft.KeyVault/vaults/secrets/getSecret/action'"));
    assertTrue(
        message.contains(
            "Resource: '%s/resourcegroups/rg/providers/microsoft.keyvault/vaults/kv-one/secrets/mine'"
                .formatted(EmbeddedCloud.SUBSCRIPTION)),
        message);
    assertTrue(message.contains("Vault: kv-one;location=eastus2"), message);

    rig.grant(principal, VaultRig.READER, VaultRig.VAULT);
    assertEquals(200, rig.as(token, "GET", "/secrets", "").status());
    assertEquals(403, rig.as(token, "GET", "/secrets/mine", "").status(), "metadata only");
    rig.grant(principal, VaultRig.USER, VaultRig.VAULT + "/secrets/mine");
    assertEquals("value", rig.as(token, "GET", "/secrets/mine", "").text("/value"));
    assertEquals(403, rig.as(token, "GET", "/secrets/other", "").status());
    assertEquals(403, rig.as(token, "PUT", "/secrets/mine", "{'value':'x'}").status());
    rig.cloud().assertAsDocumented();
  }

  @Test
  void the_owner_of_a_vault_by_roles_has_no_right_to_its_secrets() {
    rig.vault("'enableRbacAuthorization':true,'accessPolicies':[%s]".formatted(policy("all")));
    assertEquals("ForbiddenByRbac", rig.send("GET", "/secrets", "").text("/error/innererror/code"));
  }

  @Test
  void access_policies_give_what_they_name() {
    rig.vault("'accessPolicies':[%s]".formatted(policy("get")));
    assertEquals("SecretNotFound", rig.as(token, "GET", "/secrets/a", "").code());
    Answer denied = rig.as(token, "PUT", "/secrets/a", "{'value':'x'}");
    assertEquals("AccessDenied", denied.text("/error/innererror/code"));
    String message = denied.text("/error/message");
    assertTrue(message.contains("oid=" + principal), message);
    assertTrue(
        message.contains(
            "does not have secrets set permission on key vault 'kv-one;location=eastus2'. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125287"),
        message);
    assertEquals(403, rig.send("GET", "/secrets", "").status(), "a policy for another one");

    Answer added = policies("add", policy("set', 'List"));
    assertEquals("[\"get\",\"set\",\"list\"]", secrets(added));
    assertEquals(200, rig.as(token, "PUT", "/secrets/a", "{'value':'x'}").status());
    assertEquals("[\"list\"]", secrets(policies("replace", policy("list"))));
    assertEquals(403, rig.as(token, "GET", "/secrets/a", "").status());
    assertEquals(200, rig.as(token, "GET", "/secrets", "").status());
    assertEquals(
        0, policies("remove", policy("list")).json().at("/properties/accessPolicies").size());
    assertEquals(403, rig.as(token, "GET", "/secrets", "").status());
    assertEquals(400, policies("merge", policy("list")).status());
    rig.cloud().assertAsDocumented();
  }

  @Test
  void all_permissions_are_all_but_to_purge() {
    rig.vault("'accessPolicies':[%s]".formatted(policy("all")));
    rig.as(token, "PUT", "/secrets/a", "{'value':'x'}");
    assertEquals(200, rig.as(token, "DELETE", "/secrets/a", "").status());
    assertEquals(403, rig.as(token, "DELETE", "/deletedsecrets/a", "").status());
    policies("add", policy("purge"));
    assertEquals(204, rig.as(token, "DELETE", "/deletedsecrets/a", "").status());
  }

  private Answer policies(String kind, String policy) {
    return rig.arm(
        "PUT",
        VaultRig.VAULT + "/accessPolicies/" + kind,
        "{'properties':{'accessPolicies':[%s]}}".formatted(policy));
  }

  private String policy(String permission) {
    return "{'tenantId':'%s','objectId':'%s','permissions':{'secrets':['%s']}}"
        .formatted(EmbeddedAzureOptions.TENANT, principal, permission);
  }

  private static String secrets(Answer answer) {
    return answer.json().at("/properties/accessPolicies/0/permissions/secrets").toString();
  }
}
