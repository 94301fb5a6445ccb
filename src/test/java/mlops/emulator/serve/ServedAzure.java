package mlops.emulator.serve;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.util.BinaryData;
import java.util.List;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.http.Request;
import mlops.emulator.http.Response;

/**
 * Something for bad clients to break: without it, most requests would end at a 404.
 *
 * @param account a storage account with directories, a container, and a role for the local user
 */
record ServedAzure(Served served, String account) {
  private static final String SUBSCRIPTION = "/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION;
  private static final String OWNER = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b";

  static ServedAzure in(Served served, String account) {
    ServedAzure ground = new ServedAzure(served, account);
    for (String provider : List.of("Storage", "MachineLearningServices", "KeyVault")) {
      ground.send(
          "POST",
          SUBSCRIPTION + "/providers/Microsoft." + provider + "/register",
          "2022-09-01",
          "");
    }
    ground.put(SUBSCRIPTION + "/resourceGroups/keep", "2021-04-01", "{'location':'eastus2'}");
    ground.put(
        ground.id(),
        "2022-09-01",
        "{'location':'eastus2','kind':'StorageV2','sku':{'name':'Standard_LRS'},'properties':{'isHnsEnabled':true}}");
    ground.put(
        ground.id()
            + "/providers/Microsoft.Authorization/roleAssignments/77777777-7777-7777-7777-777777777777",
        "2022-04-01",
        "{'properties':{'roleDefinitionId':'/providers/Microsoft.Authorization/roleDefinitions/%s','principalId':'%s','principalType':'User'}}"
            .formatted(OWNER, served.azure().user().objectId()));
    ground.put(ground.id() + "/blobServices/default/containers/data", "2022-09-01", "{}");
    return ground;
  }

  private String id() {
    return SUBSCRIPTION
        + "/resourceGroups/keep/providers/Microsoft.Storage/storageAccounts/"
        + account;
  }

  String key() {
    String answer = send("POST", id() + "/listKeys", "2022-09-01", "").body().toString();
    return answer.replaceFirst("(?s).*?\"value\"\\s*:\\s*\"([^\"]+)\".*", "$1");
  }

  private void put(String id, String version, String body) {
    send("PUT", id, version, body.replace('\'', '"'));
  }

  private Response send(String method, String id, String version, String body) {
    HttpHeaders headers =
        new HttpHeaders().set(HttpHeaderName.AUTHORIZATION, "Bearer " + served.armToken());
    Response made =
        served
            .azure()
            .router()
            .handle(
                Request.of(
                    method,
                    "management.azure.com",
                    id + "?api-version=" + version,
                    headers,
                    BinaryData.fromString(body)));
    assertTrue(made.status() < 300, () -> id + made.body());
    return made;
  }
}
