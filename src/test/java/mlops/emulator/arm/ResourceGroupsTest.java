package mlops.emulator.arm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.models.Provider;
import com.azure.resourcemanager.resources.models.ResourceGroup;
import java.nio.file.Path;
import mlops.emulator.EmbeddedAzure;
import mlops.emulator.EmbeddedAzureOptions;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import mlops.emulator.TestKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions, providers, groups and the lists of what is in them, through the real SDK. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class ResourceGroupsTest {
  private static final String VERSION = "?api-version=2022-09-01";
  private static final String ROOT = EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION;
  private static final String WEB =
      "{\"location\":\"East US 2\",\"tags\":{\"team\":\"ml\"},\"kind\":\"web\",\"properties\":{\"Application_Type\":\"web\"}}";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private ResourceManager resources;

  @BeforeEach
  void open() {
    cloud = EmbeddedCloud.in(folder);
    resources = cloud.resources();
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  @Test
  void a_group_is_created_found_listed_changed_and_deleted() {
    ResourceGroup made =
        resources.resourceGroups().define("rg.one-(1)").withRegion(Region.US_EAST2).create();
    assertEquals("Succeeded", made.provisioningState());
    made.update().withTag("a", "b").apply();
    assertEquals("b", resources.resourceGroups().getByName("rg.one-(1)").tags().get("a"));
    assertEquals(1, resources.resourceGroups().listByTag("a", "b").stream().count());
    assertEquals(0, resources.resourceGroups().listByTag("a", "c").stream().count());
    assertTrue(resources.resourceGroups().contain("rg.one-(1)"));
    resources.resourceGroups().deleteByName("rg.one-(1)");
    assertFalse(resources.resourceGroups().contain("rg.one-(1)"));
    ManagementException gone =
        assertThrows(
            ManagementException.class, () -> resources.resourceGroups().getByName("rg.one-(1)"));
    assertEquals("ResourceGroupNotFound", gone.getValue().getCode());
  }

  @Test
  void a_group_has_a_fixed_location_and_a_valid_name() {
    resources.resourceGroups().define("rg").withRegion(Region.US_EAST2).create();
    String url = ROOT + "/resourcegroups/";
    assertEquals(
        "InvalidResourceGroupLocation",
        cloud.send("PUT", url + "rg" + VERSION, "{\"location\":\"westus\"}").code());
    assertEquals(
        "InvalidResourceGroup",
        cloud.send("PUT", url + "dot." + VERSION, "{\"location\":\"westus\"}").code());
    assertEquals(
        "LocationNotAvailableForResourceGroup",
        cloud.send("PUT", url + "rg2" + VERSION, "{\"location\":\"moon\"}").code());
    Answer lower = cloud.send("GET", url + "rg" + VERSION, "");
    assertTrue(lower.text("/id").endsWith("/resourceGroups/rg"), lower.text("/id"));
  }

  @Test
  void subscriptions_tenants_and_locations_are_listed() {
    var subscriptions =
        ResourceManager.configure()
            .withHttpClient(cloud.http())
            .authenticate(cloud.credential(), cloud.profile())
            .subscriptions();
    var own = subscriptions.getById(EmbeddedAzureOptions.SUBSCRIPTION);
    assertEquals(EmbeddedAzureOptions.SUBSCRIPTION, own.subscriptionId());
    assertEquals(1, subscriptions.list().stream().count());
    assertTrue(own.listLocations().stream().anyMatch(l -> l.region().equals(Region.US_EAST2)));
    Answer tenants = cloud.send("GET", EmbeddedCloud.ARM + "/tenants?api-version=2022-12-01", "");
    assertEquals(EmbeddedAzureOptions.TENANT, tenants.text("/value/0/tenantId"));
    Answer other =
        cloud.send(
            "GET",
            EmbeddedCloud.ARM
                + "/subscriptions/33333333-3333-3333-3333-333333333333?api-version=2022-12-01",
            "");
    assertEquals(403, other.status());
  }

  @Test
  void a_new_subscription_without_providers_is_registered_before_its_resources() {
    cloud =
        EmbeddedCloud.on(
            EmbeddedAzure.open(
                TestKey.in(folder.resolve("new")),
                EmbeddedAzureOptions.defaults().withoutProviders()));
    resources = cloud.resources();
    resources.resourceGroups().define("rg").withRegion(Region.US_EAST2).create();
    String component = component("rg", "one");
    Answer refused = cloud.send("PUT", component, WEB);
    assertEquals(409, refused.status());
    assertEquals("MissingSubscriptionRegistration", refused.code());
    Provider before = resources.providers().getByName("Microsoft.Insights");
    assertEquals("NotRegistered", before.registrationState());
    assertEquals(
        "Registered", resources.providers().register("Microsoft.Insights").registrationState());
    assertEquals(200, cloud.send("PUT", component, WEB).status());
    resources.providers().unregister("Microsoft.Insights");
    assertEquals(
        "NotRegistered", resources.providers().getByName("Microsoft.Insights").registrationState());
    assertTrue(resources.providers().list().stream().count() > 5);
    assertEquals(
        "InvalidResourceNamespace",
        cloud.send("GET", ROOT + "/providers/Microsoft.Nothing" + VERSION, "").code());
  }

  @Test
  void resources_of_all_types_are_listed_and_filtered() {
    resources.providers().register("Microsoft.Insights");
    for (String group : new String[] {"rg-a", "rg-b"}) {
      resources.resourceGroups().define(group).withRegion(Region.US_EAST2).create();
      assertEquals(200, cloud.send("PUT", component(group, "in-" + group), WEB).status());
    }
    assertEquals(2, resources.genericResources().list().stream().count());
    assertEquals(1, resources.genericResources().listByResourceGroup("rg-a").stream().count());
    assertEquals(1, resources.genericResources().listByTag("rg-a", "team", "ml").stream().count());
    assertEquals(1, count("resourceGroup eq 'rg-b' and name eq 'in-rg-b'"));
    assertEquals(2, count("resourceType eq 'microsoft.insights/components'"));
    assertEquals(0, count("resourceType eq 'Microsoft.Storage/storageAccounts'"));
    assertEquals(2, count("substringof('in-', name)"));
    assertEquals(2, count("tagName eq 'team' and tagValue eq 'ml'"));
    assertEquals(0, count("tagName eq 'team' and tagValue eq 'ops'"));
    assertEquals(
        "InvalidFilterInQueryString",
        cloud.send("GET", ROOT + "/resources" + VERSION + "&$filter=name like 'x'", "").code());
    Answer one =
        cloud.send(
            "GET",
            ROOT + "/resources" + VERSION + "&$top=1&$expand=createdTime,provisioningState",
            "");
    assertEquals(1, one.json().path("value").size());
    assertEquals("Succeeded", one.text("/value/0/provisioningState"));
  }

  private int count(String filter) {
    return cloud
        .send("GET", ROOT + "/resources" + VERSION + "&$filter=" + filter, "")
        .json()
        .path("value")
        .size();
  }

  private static String component(String group, String name) {
    return ROOT
        + "/resourceGroups/"
        + group
        + "/providers/Microsoft.Insights/components/"
        + name
        + "?api-version=2020-02-02";
  }
}
