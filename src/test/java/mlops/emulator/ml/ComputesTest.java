package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compute clusters, by the requests that clients send. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class ComputesTest {
  private static final String CLUSTER = MlCloud.WORKSPACE + "/computes/mlopsdemo-cluster-dev";
  private static final String IDENTITY =
      MlCloud.GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/uione";

  @TempDir Path folder;

  private static String body(String size, int most, String identity) {
    return "{'location':'eastus2',%s'properties':{'computeType':'AmlCompute','properties':{'osType':'Linux','vmSize':'%s','scaleSettings':{'maxNodeCount':%d,'minNodeCount':0,'nodeIdleTimeBeforeScaleDown':'PT120S'}}}}"
        .formatted(identity, size, most);
  }

  @Test
  void a_cluster_is_made_scaled_listed_and_deleted() {
    MlCloud ml = MlCloud.in(folder);
    Answer made = ml.put(CLUSTER, body("STANDARD_DS3_v2", 3, ""));
    assertEquals(201, made.status());
    assertEquals("Succeeded", made.json().at("/properties/provisioningState").asText());
    Answer operation = ml.get(made.header("Azure-AsyncOperation"));
    assertEquals("Succeeded", operation.json().path("status").asText());
    assertEquals("STANDARD_DS3_V2", made.json().at("/properties/properties/vmSize").asText());
    assertEquals(200, ml.put(CLUSTER, body("Standard_DS3_v2", 3, "")).status());
    assertEquals(400, ml.put(CLUSTER, body("STANDARD_DS2_v2", 3, "")).status(), "another size");
    JsonNode scaled =
        ml.patch(
                CLUSTER,
                "{'properties':{'properties':{'scaleSettings':{'maxNodeCount':5,'minNodeCount':1}}}}")
            .json();
    assertEquals(5, scaled.at("/properties/properties/scaleSettings/maxNodeCount").asInt());
    assertEquals(1, ml.post(CLUSTER + "/listNodes", "").json().path("nodes").size());
    assertEquals(1, ml.get(MlCloud.WORKSPACE + "/computes").json().path("value").size());
    assertEquals(400, ml.delete(CLUSTER).status());
    assertEquals(200, ml.delete(CLUSTER + "?underlyingResourceAction=Delete").status());
    assertEquals(204, ml.delete(CLUSTER + "?underlyingResourceAction=Delete").status());
    assertEquals(404, ml.get(CLUSTER).status());
    ml.assertAsDocumented();
  }

  @Test
  void a_user_assigned_identity_must_exist_and_is_shown_with_its_principal() {
    MlCloud ml = MlCloud.in(folder);
    String identity =
        "'identity':{'type':'UserAssigned','userAssignedIdentities':{'%s':{}}},"
            .formatted(IDENTITY);
    Answer missing = ml.put(CLUSTER, body("STANDARD_DS3_v2", 3, identity));
    assertEquals(400, missing.status());
    assertEquals("FailedIdentityOperation", missing.code());
    JsonNode made = ml.put(IDENTITY, "{'location':'eastus2'}").json();
    Answer cluster = ml.put(CLUSTER, body("STANDARD_DS3_v2", 3, identity));
    assertEquals(201, cluster.status());
    assertEquals(
        made.at("/properties/principalId"),
        cluster
            .json()
            .path("identity")
            .path("userAssignedIdentities")
            .path(IDENTITY)
            .path("principalId"));
    ml.assertAsDocumented();
  }

  @Test
  void a_system_assigned_identity_is_made() {
    MlCloud ml = MlCloud.in(folder);
    Answer made =
        ml.put(CLUSTER, body("STANDARD_DS3_v2", 3, "'identity':{'type':'SystemAssigned'},"));
    assertFalse(made.json().at("/identity/principalId").asText().isEmpty());
    ml.assertAsDocumented();
  }

  @Test
  void wrong_names_sizes_and_scales_are_refused() {
    MlCloud ml = MlCloud.in(folder);
    Answer size = ml.put(CLUSTER, body("Standard_B2s", 3, ""));
    assertEquals(400, size.status());
    assertEquals("InvalidPropertyValue", size.code());
    assertEquals("SupportedVMSizes", size.json().at("/error/details/0/code").asText());
    Answer quota = ml.put(CLUSTER, body("Standard_M128s", 1, ""));
    assertEquals("BadRequest", quota.code());
    assertTrue(quota.json().toString().contains("cannot accomodate"), "Azure's own spelling");
    assertEquals(400, ml.put(CLUSTER + "-1", body("Standard_DS3_v2", 1, "")).status());
    assertEquals(400, ml.put(CLUSTER, body("Standard_DS3_v2", -1, "")).status());
    String instance = body("Standard_DS3_v2", 1, "").replace("AmlCompute", "ComputeInstance");
    assertEquals(501, ml.put(CLUSTER, instance).status());
  }

  @Test
  void what_only_instances_can_do_is_refused() {
    MlCloud ml = MlCloud.in(folder);
    assertEquals(404, ml.post(CLUSTER + "/start", "").status());
    ml.put(CLUSTER, body("STANDARD_DS3_v2", 3, ""));
    for (String action : List.of("start", "stop", "restart", "listKeys", "resize")) {
      Answer refused = ml.post(CLUSTER + "/" + action, "");
      assertEquals(400, refused.status());
      assertTrue(refused.text("/error/message").contains("'" + action + "'"), refused::toString);
    }
    ml.assertAsDocumented();
  }

  @Test
  void a_region_tells_its_sizes_its_quotas_and_what_is_used_of_them() {
    MlCloud ml = MlCloud.in(folder);
    ml.put(CLUSTER, body("STANDARD_DS3_v2", 3, "").replace("'minNodeCount':0", "'minNodeCount':2"));
    ml.put(MlCloud.WORKSPACE + "/computes/none-yet", body("STANDARD_NC6s_v3", 1, ""));
    JsonNode size = named(ml, "eastus2/vmSizes", "Standard_DS3_v2");
    assertEquals("standardDSv2Family", size.path("family").asText());
    assertEquals(4, size.path("vCPUs").asInt());
    assertEquals(14, size.path("memoryGB").asDouble());
    assertTrue(size.path("premiumIO").asBoolean());
    assertFalse(named(ml, "eastus2/vmSizes", "Standard_D3_v2").path("premiumIO").asBoolean());
    assertEquals(2, named(ml, "eastus2/vmSizes", "Standard_NC12s_v3").path("gpus").asInt());
    String family = "Standard DSv2 Family Cluster Dedicated vCPUs";
    assertEquals(8, named(ml, "eastus2/usages", family).path("currentValue").asInt());
    assertEquals(2, named(ml, "eastus2/usages", "Clusters").path("currentValue").asInt());
    assertEquals(0, named(ml, "westus/usages", family).path("currentValue").asInt());
    assertEquals(100, named(ml, "eastus2/quotas", family).path("limit").asInt());
    ml.assertAsDocumented();
  }

  private static JsonNode named(MlCloud ml, String list, String name) {
    String url =
        EmbeddedCloud.SUBSCRIPTION
            + "/providers/Microsoft.MachineLearningServices/locations/"
            + list;
    for (JsonNode one : ml.get(url).json().path("value")) {
      if (one.path("name").asText().equals(name) || one.at("/name/value").asText().equals(name)) {
        return one;
      }
    }
    throw new AssertionError(list + " has no " + name);
  }

  @Test
  void whoever_has_no_role_is_denied() {
    MlCloud ml = MlCloud.in(folder);
    assertEquals(403, ml.sendAsStranger("PUT", CLUSTER, body("STANDARD_DS3_v2", 3, "")).status());
    ml.assertAsDocumented();
  }
}
