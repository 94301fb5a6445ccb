package mlops.emulator.ml.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mlops.emulator.http.ApiException;
import mlops.emulator.http.Json;

/**
 * An attached pool of Spark in Azure Synapse. There is no Synapse here: the pool is the name by
 * which Spark jobs ask for Spark, wherever that runs.
 */
final class AttachedSparkPool {
  static final String TYPE = "SynapseSpark";
  private static final Pattern ID =
      Pattern.compile(
          "/subscriptions/([^/]+)/resourceGroups/([^/]+)/providers/Microsoft\\.Synapse/workspaces/([^/]+)/bigDataPools/([^/]+)",
          Pattern.CASE_INSENSITIVE);

  /**
   * Asks that a pool is named.
   *
   * @throws ApiException 400
   */
  static void check(JsonNode compute) {
    String id = compute.path("resourceId").asText();
    if (!ID.matcher(id).matches()) {
      throw ApiException.badRequest(
          "InvalidPropertyValue",
          "The resourceId '%s' is not that of a Spark pool: /subscriptions/…/resourceGroups/…/providers/Microsoft.Synapse/workspaces/…/bigDataPools/…"
              .formatted(id));
    }
  }

  /** What is particular to it, as its id says. */
  static ObjectNode of(JsonNode compute) {
    Matcher id = ID.matcher(compute.path("resourceId").asText());
    ObjectNode pool = Json.object();
    if (id.matches()) {
      pool.put("subscriptionId", id.group(1)).put("resourceGroup", id.group(2));
      pool.put("workspaceName", id.group(3)).put("poolName", id.group(4));
    }
    return pool;
  }

  private AttachedSparkPool() {}
}
