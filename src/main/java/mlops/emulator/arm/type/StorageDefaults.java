package mlops.emulator.arm.type;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** What Azure adds to a storage account that its creator did not say. */
final class StorageDefaults {
  private static final List<String> SERVICES =
      List.of("dfs", "web", "blob", "queue", "table", "file");

  static void fill(ObjectNode account, Instant now) {
    String name = account.path("name").asText();
    ObjectNode properties = account.withObject("/properties");
    properties
        .withObject("/keyCreationTime")
        .put("key1", now.toString())
        .put("key2", now.toString());
    properties.putArray("privateEndpointConnections");
    setIfMissing(properties, "minimumTlsVersion", "TLS1_0");
    setIfMissing(properties, "accessTier", "Hot");
    if (!properties.hasNonNull("allowBlobPublicAccess")) {
      properties.put("allowBlobPublicAccess", false);
    }
    if (!properties.hasNonNull("supportsHttpsTrafficOnly")) {
      properties.put("supportsHttpsTrafficOnly", true);
    }
    network(properties);
    encryption(properties.withObject("/encryption"), now);
    properties.put("provisioningState", "Succeeded").put("creationTime", now.toString());
    ObjectNode endpoints = properties.putObject("primaryEndpoints");
    for (String service : SERVICES) {
      String zone = service.equals("web") ? "z20.web" : service;
      endpoints.put(service, "https://" + name + "." + zone + ".core.windows.net/");
    }
    properties.put("primaryLocation", account.path("location").asText());
    properties.put("statusOfPrimary", "available");
  }

  private static void network(ObjectNode properties) {
    if (!properties.path("networkAcls").isObject()) {
      ObjectNode acls = properties.putObject("networkAcls").put("bypass", "AzureServices");
      acls.putArray("virtualNetworkRules");
      acls.putArray("ipRules");
      acls.put("defaultAction", "Allow");
    }
  }

  private static void encryption(ObjectNode encryption, Instant now) {
    for (String service : List.of("file", "blob")) {
      encryption
          .withObject("/services/" + service)
          .put("keyType", "Account")
          .put("enabled", true)
          .put("lastEnabledTime", now.toString());
    }
    setIfMissing(encryption, "keySource", "Microsoft.Storage");
  }

  /** What follows from other values, after each change. */
  static void derive(ObjectNode account) {
    ObjectNode sku = account.withObject("/sku");
    sku.put("tier", sku.path("name").asText().startsWith("Premium") ? "Premium" : "Standard");
  }

  private static void setIfMissing(ObjectNode node, String field, String value) {
    if (!node.hasNonNull(field)) {
      node.put(field, value);
    }
  }

  private StorageDefaults() {}
}
