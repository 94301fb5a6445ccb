package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Base64;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Log Analytics and Application Insights answer beside their resources. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class LogAnalyticsWorkspacesTest {
  private static final String GROUP =
      EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg";
  private static final String LOGS = "/providers/Microsoft.OperationalInsights/";
  private static final String VERSION = "?api-version=2022-10-01";
  private static final String WORKSPACE = GROUP + LOGS + "workspaces/logs" + VERSION;

  @TempDir Path folder;
  private EmbeddedCloud cloud;

  @BeforeEach
  void a_group() {
    cloud = EmbeddedCloud.in(folder);
    makeGroup();
  }

  private void makeGroup() {
    cloud.resources().resourceGroups().define("rg").withRegion("eastus2").create();
  }

  private JsonNode make() {
    EmbeddedCloud.Answer made = cloud.send("PUT", WORKSPACE, "{\"location\":\"eastus2\"}");
    assertEquals(201, made.status(), made::toString);
    return made.json().path("properties");
  }

  private JsonNode deleted(String scope) {
    return cloud.send("GET", scope + LOGS + "deletedWorkspaces" + VERSION, "").json().path("value");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void one_that_was_deleted_comes_back_as_it_was(boolean withItsGroup) {
    String customer = make().path("customerId").asText();
    assertEquals(0, deleted(GROUP).size());

    if (withItsGroup) {
      cloud.resources().resourceGroups().deleteByName("rg");
      makeGroup();
    } else {
      assertEquals(200, cloud.send("DELETE", WORKSPACE, "").status());
    }

    assertEquals(404, cloud.send("GET", WORKSPACE, "").status());
    assertEquals("logs", deleted(GROUP).at("/0/name").asText());
    assertEquals(deleted(GROUP), deleted(GROUP.replaceFirst("/resourceGroups.*", "")));
    assertEquals(customer, make().path("customerId").asText());
    assertEquals(0, deleted(GROUP).size());
  }

  @Test
  void one_that_was_deleted_by_force_is_gone() {
    String customer = make().path("customerId").asText();
    assertEquals(200, cloud.send("DELETE", WORKSPACE + "&force=true", "").status());
    assertEquals(0, deleted(GROUP).size());
    assertNotEquals(customer, make().path("customerId").asText());
  }

  @Test
  void a_workspace_has_two_keys() {
    make();
    String path = WORKSPACE.replace(VERSION, "/sharedKeys" + VERSION);
    EmbeddedCloud.Answer keys = cloud.send("POST", path, "");
    assertEquals(200, keys.status());
    assertEquals(64, Base64.getDecoder().decode(keys.text("/primarySharedKey")).length);
    assertNotEquals(keys.text("/primarySharedKey"), keys.text("/secondarySharedKey"));
    assertEquals(keys.json(), cloud.send("POST", path, "").json());
  }

  @Test
  void what_was_not_said_is_as_on_azure() {
    JsonNode properties = make();
    assertTrue(properties.at("/features/enableLogAccessUsingOnlyResourcePermissions").asBoolean());
    assertEquals(-1, properties.at("/workspaceCapping/dailyQuotaGb").asDouble());
    assertEquals(30, properties.path("retentionInDays").asInt());
  }

  @Test
  void the_daily_cap_of_application_insights_is_kept() {
    String component = GROUP + "/providers/Microsoft.Insights/components/appi";
    EmbeddedCloud.Answer made =
        cloud.send(
            "PUT",
            component + "?api-version=2020-02-02",
            "{\"location\":\"eastus2\",\"kind\":\"web\",\"properties\":{\"Application_Type\":\"web\"}}");
    assertEquals(100, made.json().at("/properties/SamplingPercentage").asDouble());
    String features = component + "/currentbillingfeatures?api-version=2015-05-01";
    JsonNode before = cloud.send("GET", features, "").json();
    assertEquals(100, before.at("/DataVolumeCap/Cap").asDouble());

    cloud.send(
        "PUT", features, "{\"DataVolumeCap\":{\"Cap\":5,\"StopSendNotificationWhenHitCap\":true}}");

    JsonNode after = cloud.send("GET", features, "").json();
    assertEquals(5, after.at("/DataVolumeCap/Cap").asDouble());
    assertTrue(after.at("/DataVolumeCap/StopSendNotificationWhenHitCap").asBoolean());
    assertEquals(90, after.at("/DataVolumeCap/WarningThreshold").asInt());
    assertEquals("Basic", after.at("/CurrentBillingFeatures/0").asText());
    cloud.send("DELETE", component + "?api-version=2020-02-02", "");
    assertEquals(404, cloud.send("GET", features, "").status());
  }
}
