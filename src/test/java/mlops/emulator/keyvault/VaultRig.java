package mlops.emulator.keyvault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.azure.security.keyvault.secrets.SecretClient;
import com.azure.security.keyvault.secrets.SecretClientBuilder;
import java.nio.file.Path;
import java.util.UUID;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;

/** An Azure with key vaults, and their clients. */
record VaultRig(EmbeddedCloud cloud) {
  static final String AUDIENCE = "https://vault.azure.net";
  static final String GROUP = EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg";
  static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/kv-one";
  static final String URL = "https://kv-one.vault.azure.net";
  static final String OFFICER = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7";
  static final String USER = "4633458b-17de-408a-b874-0445c86b69e6";
  static final String READER = "21090545-7ca7-4776-b22c-e363652d74d2";
  static final String ADMINISTRATOR = "00482a5a-887f-4fb3-b363-3b7fe8e74483";
  private static final String VERSION = "?api-version=2023-07-01";

  static VaultRig in(Path folder) {
    return on(EmbeddedCloud.in(folder));
  }

  static VaultRig on(EmbeddedCloud cloud) {
    cloud.send(
        "PUT", EmbeddedCloud.ARM + GROUP + "?api-version=2022-09-01", "{\"location\":\"eastus2\"}");
    return new VaultRig(cloud);
  }

  /** Makes the vault with properties beside those that each must have. */
  Answer vault(String properties) {
    String text =
        "{'location':'eastus2','properties':{'tenantId':'%s','sku':{'family':'A','name':'standard'}%s}}"
            .formatted(EmbeddedAzureOptions.TENANT, properties.isEmpty() ? "" : "," + properties);
    return arm("PUT", VAULT, text);
  }

  /** A vault by roles in which the local user is Secrets Officer. */
  SecretClient officer() {
    assertEquals(200, vault("'enableRbacAuthorization':true").status());
    grant(cloud.azure().user().objectId(), OFFICER, VAULT);
    return client();
  }

  SecretClient client() {
    return new SecretClientBuilder()
        .vaultUrl(URL)
        .httpClient(cloud.http())
        .credential(cloud.credential())
        .buildClient();
  }

  void grant(String objectId, String role, String scope) {
    String id = scope + "/providers/Microsoft.Authorization/roleAssignments/" + UUID.randomUUID();
    String body =
        "{'properties':{'roleDefinitionId':'%s/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s'}}"
            .formatted(EmbeddedCloud.SUBSCRIPTION, role, objectId);
    String url = EmbeddedCloud.ARM + id + "?api-version=2022-04-01";
    assertEquals(201, cloud.send("PUT", url, body.replace('\'', '"')).status());
  }

  Answer arm(String method, String id, String body) {
    return cloud.send(method, EmbeddedCloud.ARM + id + VERSION, body.replace('\'', '"'));
  }

  /** A request of the local user to the vault. */
  Answer send(String method, String path, String body) {
    return as(cloud.userToken(AUDIENCE), method, path, body);
  }

  Answer as(String token, String method, String path, String body) {
    String version = (path.contains("?") ? "&" : "?") + "api-version=7.4";
    return cloud.send(method, URL + path + version, body.replace('\'', '"'), token);
  }
}
