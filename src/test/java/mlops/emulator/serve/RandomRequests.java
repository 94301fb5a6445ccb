package mlops.emulator.serve;

import java.util.List;
import java.util.Map;
import java.util.Random;
import mlops.emulator.EmbeddedAzureOptions;

/** Requests that nobody would send, the same for the same seed. */
final class RandomRequests {
  private static final List<String> METHODS =
      List.of("GET", "PUT", "POST", "PATCH", "DELETE", "HEAD", "GET", "PUT", "POST", "PUT");
  private static final List<String> ODD_METHODS = List.of("OPTIONS", "MERGE", "get", "X-Y");
  private static final String SUBSCRIPTION = "/subscriptions/" + EmbeddedAzureOptions.SUBSCRIPTION;
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/g";
  private static final String KEEP = SUBSCRIPTION + "/resourceGroups/keep";
  private static final String WORKSPACE =
      KEEP + "/providers/Microsoft.MachineLearningServices/workspaces/w";
  private static final List<String> ARM =
      List.of(
          "/subscriptions",
          SUBSCRIPTION,
          SUBSCRIPTION + "/providers",
          SUBSCRIPTION + "/resourceGroups",
          SUBSCRIPTION + "/resources",
          GROUP,
          GROUP + "/providers/Microsoft.Storage/storageAccounts/fuzzstore",
          KEEP + "/providers/Microsoft.Storage/storageAccounts/fuzzstore/listKeys",
          KEEP + "/providers/Microsoft.Storage/storageAccounts/fuzzstore/blobServices/default",
          GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i",
          GROUP + "/providers/Microsoft.KeyVault/vaults/v",
          SUBSCRIPTION + "/providers/Microsoft.Authorization/roleAssignments/r",
          SUBSCRIPTION + "/providers/Microsoft.Authorization/roleDefinitions",
          GROUP + "/providers/Microsoft.Resources/deployments/d",
          WORKSPACE,
          WORKSPACE + "/computes/c",
          WORKSPACE + "/jobs/j",
          WORKSPACE + "/models/m/versions/1",
          WORKSPACE + "/environments/e/versions/1",
          WORKSPACE + "/datastores/d",
          WORKSPACE + "/batchEndpoints/b/deployments/d");
  private static final List<String> GRAPH =
      List.of(
          "/v1.0/me",
          "/v1.0/users",
          "/v1.0/applications",
          "/beta/applications/a",
          "/v1.0/applications/a/addPassword",
          "/v1.0/servicePrincipals",
          "/v1.0/directoryObjects/getByIds",
          "/v1.0/directory/deletedItems/x");
  private static final List<String> LOGIN =
      List.of(
          "/common/oauth2/v2.0/token",
          "/organizations/oauth2/v2.0/devicecode",
          "/" + EmbeddedAzureOptions.TENANT + "/oauth2/token",
          "/x/v2.0/.well-known/openid-configuration",
          "/common/userrealm/u");
  private static final List<String> STORAGE =
      List.of("/", "/data", "/data/b", "/data/a/b/c", "/$root/x");
  private static final List<String> EVIL =
      List.of(
          "..",
          "%2e%2e",
          "%00",
          "%zz",
          "%",
          "%F0%9F%98%80",
          "'",
          "{}",
          "%2f",
          "*",
          "%0d%0a",
          "",
          "con",
          "a".repeat(300),
          "%C3%28",
          "~",
          ":",
          ";",
          "@",
          "$batch",
          "%22",
          "-1",
          "%25");
  private static final List<String> QUERIES =
      List.of(
          "api-version=2021-04-01",
          "api-version=2024-04-01",
          "api-version=",
          "$filter=x eq 'y",
          "$filter=startswith(displayName,'a')",
          "$top=-1",
          "$top=x",
          "restype=container",
          "comp=list",
          "comp=block&blockid=x",
          "comp=blocklist",
          "comp=metadata",
          "%zz=1",
          "a=%",
          "resource=filesystem",
          "action=append&position=x",
          "se=x&sig=y&sv=z",
          "maxresults=0",
          "$skiptoken=zz",
          "api-version=2021-04-01&$expand=kerb",
          "timeout=abc",
          "snapshot=x");
  private static final List<String> HEADERS =
      List.of(
          "Range: bytes=9-1",
          "x-ms-range: bytes=a-b",
          "If-Match: \"x\"",
          "If-None-Match: *",
          "x-ms-blob-type: BlockBlob",
          "x-ms-blob-type: Odd",
          "x-ms-date: yesterday",
          "x-ms-version: 2021-06-08",
          "x-ms-version: 0",
          "If-Modified-Since: never",
          "x-ms-meta-: x",
          "x-ms-meta-a: \u00e9",
          "x-ms-lease-id: x",
          "Content-MD5: !!!",
          "Content-Type: application/json",
          "Content-Type: application/xml",
          "Content-Type: ;",
          "x-ms-copy-source: ht!tp://",
          "x-ms-client-request-id: " + "z".repeat(200),
          "Accept: application/json;odata=x",
          "x-ms-content-crc64: ??",
          "x-ms-rename-source: /");
  private static final List<String> BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "1",
          "\"x\"",
          "{}",
          "{\"location\":1}",
          "{\"location\":\"e\"}",
          "{\"location\":\"eastus2\",\"properties\":[]}",
          "{\"properties\":null}",
          "{\"location\":\"eastus2\",\"properties\":{},\"sku\":{\"name\":{}},\"kind\":[]}",
          "{\"properties\":{\"roleDefinitionId\":7,\"principalId\":{}}}",
          "{\"properties\":{\"template\":{\"resources\":[{\"type\":\"[if(\"}]},\"mode\":\"x\"}}",
          "{\"properties\":{\"template\":{\"resources\":{}},\"mode\":\"Incremental\"}}",
          "{\"displayName\":{}}",
          "{\"ids\":\"x\"}",
          "[".repeat(5000),
          "{\"a\":".repeat(3000),
          "<?xml version=\"1.0\"?><BlockList><Latest>x</Latest>",
          "<BlockList><Latest/></Oops>",
          "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><BlockList>&e;</BlockList>",
          "grant_type=client_credentials&client_id=%zz",
          "grant_type=refresh_token&refresh_token=.",
          "grant_type=client_credentials&client_id=33333333-3333-3333-3333-333333333333"
              + "&client_assertion=a.b.c&client_assertion_type=x",
          "client_id=04b07795-8ddb-461a-bbee-02f9e1bf7b46&scope=%20",
          "\u0000\u0001\u00ff\u00fe",
          "{\"properties\":{\"jobType\":\"Pipeline\",\"jobs\":{\"a\":[]}}}",
          "{\"properties\":{\"computeType\":\"AmlCompute\",\"properties\":{\"scaleSettings\":7}}}");

  private static final Map<String, String> VERSIONS =
      Map.of(
          "management.azure.com", "api-version=2024-04-01",
          "graph.microsoft.com", "$top=5",
          "login.microsoftonline.com", "x",
          "fuzzstore.blob.core.windows.net", "timeout=30",
          "fuzzstore.dfs.core.windows.net", "resource=file");

  private final Random random;

  RandomRequests(long seed) {
    this.random = new Random(seed);
  }

  /** The text of a request to this host, with a token or without. */
  String next(String host, String token) {
    String body = pick(BODIES);
    StringBuilder text = new StringBuilder();
    text.append(method(host)).append(' ').append(target(host)).append(" HTTP/1.1\r\nHost: ");
    text.append(host).append("\r\nContent-Length: ").append(body.length()).append("\r\n");
    int kind = random.nextInt(10);
    if (kind < 7) {
      text.append("Authorization: Bearer ").append(token).append("\r\n");
    } else if (kind == 7) {
      text.append("Authorization: SharedKey fuzzstore:eHh4\r\n");
    } else if (kind == 8) {
      text.append("Authorization: ").append(pick(EVIL)).append("\r\n");
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(pick(HEADERS)).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  private String method(String host) {
    int kind = random.nextInt(20);
    if (kind == 0) {
      return pick(ODD_METHODS);
    }
    return kind > 6 && host.startsWith("login") ? "POST" : pick(METHODS);
  }

  private String target(String host) {
    List<String> bases =
        switch (host) {
          case "management.azure.com" -> ARM;
          case "graph.microsoft.com" -> GRAPH;
          case "login.microsoftonline.com" -> LOGIN;
          default -> STORAGE;
        };
    String path = pick(bases);
    if (random.nextInt(6) == 0) {
      int cut = path.lastIndexOf('/');
      path = path.substring(0, cut) + "/" + pick(EVIL);
    }
    if (random.nextInt(10) == 0) {
      path += "/" + pick(EVIL);
    }
    boolean plain = random.nextInt(3) > 0;
    String first = plain ? VERSIONS.getOrDefault(host, "comp=list") : pick(QUERIES);
    StringBuilder query = new StringBuilder(random.nextInt(4) == 0 ? "?x" : "?" + first);
    for (int i = random.nextInt(3); i > 0; i--) {
      query.append('&').append(pick(QUERIES).replace(' ', '+'));
    }
    return path + query;
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
