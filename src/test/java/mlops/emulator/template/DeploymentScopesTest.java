package mlops.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.http.rest.PagedIterable;
import com.azure.resourcemanager.resources.fluent.DeploymentOperationsClient;
import com.azure.resourcemanager.resources.fluent.DeploymentsClient;
import com.azure.resourcemanager.resources.fluent.models.DeploymentExtendedInner;
import com.azure.resourcemanager.resources.fluent.models.DeploymentInner;
import com.azure.resourcemanager.resources.fluent.models.DeploymentOperationInner;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import com.azure.resourcemanager.resources.models.DeploymentProperties;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlops.emulator.EmbeddedCloud;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that the SDK can ask of a deployment, in a subscription and in a group. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class DeploymentScopesTest {
  private static final String ARM = "https://management.azure.com";
  private static final String TYPE = "/providers/Microsoft.Resources/deployments";
  private static final String VERSION = "?api-version=2022-09-01";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private DeploymentsClient deployments;
  private DeploymentOperationsClient operations;

  @BeforeEach
  void open() {
    cloud = EmbeddedCloud.in(folder);
    cloud.resources().resourceGroups().define("rg-t").withRegion("eastus2").create();
    deployments = cloud.resources().deploymentClient().getDeployments();
    operations = cloud.resources().deploymentClient().getDeploymentOperations();
  }

  private static DeploymentInner template(String type, String version) {
    return new DeploymentInner()
        .withProperties(
            new DeploymentProperties()
                .withMode(DeploymentMode.INCREMENTAL)
                .withTemplate(
                    Map.of(
                        "$schema",
                        "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                        "contentVersion",
                        "1.0.0.0",
                        "resources",
                        List.of(
                            Map.of(
                                "type",
                                type,
                                "apiVersion",
                                version,
                                "name",
                                "made",
                                "location",
                                "eastus2")))));
  }

  @Test
  void a_subscription_has_deployments_of_its_own() {
    DeploymentInner groups =
        template("Microsoft.Resources/resourceGroups", "2021-04-01").withLocation("eastus2");
    assertFalse(deployments.checkExistenceAtSubscriptionScope("wide"));
    assertEquals(
        "Succeeded",
        deployments
            .validateAtSubscriptionScope("wide", groups)
            .properties()
            .provisioningState()
            .toString());

    DeploymentExtendedInner made = deployments.createOrUpdateAtSubscriptionScope("wide", groups);

    assertEquals("Succeeded", made.properties().provisioningState().toString());
    assertTrue(cloud.resources().resourceGroups().contain("made"));
    assertTrue(deployments.checkExistenceAtSubscriptionScope("wide"));
    assertEquals("wide", deployments.getAtSubscriptionScope("wide").name());
    assertEquals(List.of("wide"), deployments.list().stream().map(d -> d.name()).toList());
    PagedIterable<DeploymentOperationInner> all = operations.listAtSubscriptionScope("wide");
    String operation = all.stream().findFirst().orElseThrow().operationId();
    assertEquals(
        "Succeeded",
        operations.getAtSubscriptionScope("wide", operation).properties().provisioningState());
    othersAskFor(EmbeddedCloud.SUBSCRIPTION, "wide", operation);
    deployments.deleteAtSubscriptionScope("wide");
    assertFalse(deployments.checkExistenceAtSubscriptionScope("wide"));
  }

  @Test
  void a_group_has_them_too() {
    DeploymentInner identity =
        template("Microsoft.ManagedIdentity/userAssignedIdentities", "2023-01-31");
    cloud.resources().providers().register("Microsoft.ManagedIdentity");
    assertFalse(deployments.checkExistence("rg-t", "narrow"));
    assertEquals(
        "Succeeded",
        deployments
            .validate("rg-t", "narrow", identity)
            .properties()
            .provisioningState()
            .toString());

    deployments.createOrUpdate("rg-t", "narrow", identity);

    assertTrue(deployments.checkExistence("rg-t", "narrow"));
    assertEquals(
        "Succeeded",
        deployments
            .getByResourceGroup("rg-t", "narrow")
            .properties()
            .provisioningState()
            .toString());
    assertEquals(
        List.of("narrow"),
        deployments.listByResourceGroup("rg-t").stream().map(d -> d.name()).toList());
    String operation =
        operations.listByResourceGroup("rg-t", "narrow").stream()
            .findFirst()
            .orElseThrow()
            .operationId();
    assertEquals(
        "Succeeded", operations.get("rg-t", "narrow", operation).properties().provisioningState());
    othersAskFor(EmbeddedCloud.SUBSCRIPTION + "/resourceGroups/rg-t", "narrow", operation);
    deployments.delete("rg-t", "narrow");
    assertFalse(deployments.checkExistence("rg-t", "narrow"));
  }

  /** The same under the paths that clients of other languages send. */
  private void othersAskFor(String scope, String name, String operation) {
    assertEquals(name, get(scope + TYPE).text("/value/0/name"));
    assertEquals(name, get(scope + TYPE + "/").text("/value/0/name"));
    assertEquals(
        "Succeeded", get(scope + TYPE + "/" + name + "/operationStatuses/any").text("/status"));
    for (String path : List.of(TYPE, "/deployments")) {
      String all = scope + path + "/" + name + "/operations";
      assertEquals(operation, get(all).text("/value/0/operationId"));
      assertEquals(operation, get(all + "/" + operation).text("/operationId"));
    }
  }

  private EmbeddedCloud.Answer get(String path) {
    EmbeddedCloud.Answer answer = cloud.send("GET", ARM + path + VERSION, "");
    assertEquals(200, answer.status(), () -> path + answer.json());
    return answer;
  }
}
