package mlops.emulator.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.core.management.Region;
import com.azure.core.management.exception.ManagementException;
import com.azure.resourcemanager.resources.ResourceManager;
import com.azure.resourcemanager.resources.models.Deployment;
import com.azure.resourcemanager.resources.models.DeploymentMode;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import mlops.Shared;
import mlops.emulator.EmbeddedCloud;
import mlops.emulator.EmbeddedCloud.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Template deployments through the real SDK and as the clients of machine learning send them. */
@DisplayNameGeneration(ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init")
class DeploymentsTest {
  private static final String VERSION = "?api-version=2022-09-01";
  private static final String GROUP =
      EmbeddedCloud.ARM + EmbeddedCloud.SUBSCRIPTION + "/resourcegroups/rg-t";
  private static final String DEPLOYMENTS = GROUP + "/providers/Microsoft.Resources/deployments/";
  private static final String ACCOUNT =
      """
      {'type':'Microsoft.Storage/storageAccounts','apiVersion':'2023-05-01','name':'NAME','location':"[resourceGroup().location]",'sku':{'name':'Standard_LRS'},'kind':'StorageV2'}""";

  @TempDir Path folder;
  private EmbeddedCloud cloud;
  private ResourceManager resources;

  @BeforeEach
  void openWithAGroup() {
    cloud = EmbeddedCloud.in(folder);
    resources = cloud.resources();
    resources.resourceGroups().define("rg-t").withRegion(Region.US_EAST2).create();
  }

  @AfterEach
  void everyExchangeWasAsDocumented() {
    cloud.assertAsDocumented();
  }

  @Test
  void the_sdk_deploys_a_template_and_reads_its_outputs() throws Exception {
    String template =
        template(
            "'parameters':{'prefix':{'type':'string','defaultValue':'stg'}},'variables':{'name':\"[concat(parameters('prefix'), 'one')]\"},",
            ACCOUNT.replace("'NAME'", "\"[variables('name')]\""),
            "'blob':{'type':'string','value':\"[reference(variables('name')).primaryEndpoints.blob]\"}");
    Deployment deployment =
        resources
            .deployments()
            .define("first")
            .withExistingResourceGroup("rg-t")
            .withTemplate(template)
            .withParameters("{}")
            .withMode(DeploymentMode.INCREMENTAL)
            .create();
    assertEquals("Succeeded", deployment.provisioningState());
    assertTrue(deployment.outputs().toString().contains("https://stgone.blob.core.windows.net/"));
    assertEquals(1, deployment.deploymentOperations().list().stream().count());
    resources.deployments().deleteByResourceGroup("rg-t", "first");
    assertEquals(404, cloud.send("GET", DEPLOYMENTS + "first" + VERSION, "").status());
  }

  @Test
  void loops_conditions_and_dependencies_are_kept() {
    String loop =
        ACCOUNT
            .replace("'NAME'", "\"[format('stg{0}', copyIndex(1))]\"")
            .replace("'kind'", "'copy':{'name':'all','count':2},'kind'");
    String never =
        ACCOUNT
            .replace("NAME", "stgnever")
            .replace("'kind'", "'condition':\"[equals('a', 'b')]\",'kind'");
    String last =
        ACCOUNT
            .replace("NAME", "stglast")
            .replace("'kind'", "'dependsOn':['all','stgnever'],'kind'");
    Answer answer = deploy("loop", template("", last + "," + never + "," + loop, ""));
    assertEquals(201, answer.status(), () -> answer.json().toString());
    assertEquals(
        "Succeeded",
        cloud
            .send("GET", DEPLOYMENTS + "loop" + VERSION, "")
            .text("/properties/provisioningState"));
    JsonNode accounts =
        cloud
            .send(
                "GET",
                GROUP
                    + "/resources"
                    + VERSION
                    + "&$filter=resourceType eq 'Microsoft.Storage/storageAccounts'",
                "")
            .json()
            .path("value");
    assertEquals(3, accounts.size());
    String circle =
        ACCOUNT.replace("NAME", "stga").replace("'kind'", "'dependsOn':['stgb'],'kind'")
            + ","
            + ACCOUNT.replace("NAME", "stgb").replace("'kind'", "'dependsOn':['stga'],'kind'");
    assertEquals("InvalidTemplate", deploy("circle", template("", circle, "")).code());
  }

  @Test
  void a_template_that_is_wrong_is_refused_before_anything_is_made() {
    Answer unknown =
        deploy(
            "x",
            template(
                "'variables':{'a':\"[frobnicate('b')]\"},", ACCOUNT.replace("NAME", "stgx"), ""));
    assertEquals(400, unknown.status());
    assertEquals("InvalidTemplate", unknown.code());
    assertTrue(unknown.text("/error/message").contains("'frobnicate' is not valid"));
    String needs = "'parameters':{'a':{'type':'string','allowedValues':['x','y']}},";
    assertEquals("InvalidTemplate", deploy("x", template(needs, "", "")).code());
    String given = template(needs, "", "");
    assertEquals(
        "InvalidTemplate",
        send(
                "x",
                "{'properties':{'mode':'Incremental','template':"
                    + given
                    + ",'parameters':{'a':{'value':'z'}}}}")
            .code());
    assertEquals(
        "InvalidTemplate",
        send(
                "x",
                "{'properties':{'mode':'Incremental','template':"
                    + given
                    + ",'parameters':{'a':{'value':'x'},'b':{'value':1}}}}")
            .code());
    assertEquals(
        "InvalidTemplate",
        deploy(
                "x",
                template(
                    "'variables':{},",
                    "{'type':'a/b','name':'c','apiVersion':'1','location':\"[concat('a'\",'dependsOn':[\"[variables('q')]\"]}",
                    ""))
            .code());
    assertEquals(404, cloud.send("GET", DEPLOYMENTS + "x" + VERSION, "").status());
  }

  @Test
  void a_resource_that_fails_fails_the_deployment_and_what_depends_on_it() {
    String bad = ACCOUNT.replace("NAME", "BAD");
    String after =
        ACCOUNT.replace("NAME", "stgafter").replace("'kind'", "'dependsOn':['BAD'],'kind'");
    String free = ACCOUNT.replace("NAME", "stgfree");
    Answer answer = deploy("bad", template("", bad + "," + after + "," + free, ""));
    assertEquals(201, answer.status());
    Answer result = cloud.send("GET", DEPLOYMENTS + "bad" + VERSION, "");
    assertEquals("Failed", result.text("/properties/provisioningState"));
    assertEquals("DeploymentFailed", result.text("/properties/error/code"));
    assertEquals("AccountNameInvalid", result.text("/properties/error/details/0/code"));
    assertEquals(
        2,
        cloud
            .send("GET", GROUP + "/deployments/bad/operations" + VERSION, "")
            .json()
            .path("value")
            .size());
    ManagementException gone =
        assertThrows(
            ManagementException.class,
            () -> cloud.storage().storageAccounts().getByResourceGroup("rg-t", "stgafter"));
    assertEquals("ResourceNotFound", gone.getValue().getCode());
  }

  @Test
  void the_workspace_template_of_the_machine_learning_client_deploys() throws Exception {
    String body = Files.readString(Shared.path("workspace-deployment-put.json"));
    cloud
        .resources()
        .resourceGroups()
        .define("rg-demo-mlops-demo")
        .withRegion(Region.US_EAST2)
        .create();
    String deployment =
        EmbeddedCloud.ARM
            + EmbeddedCloud.SUBSCRIPTION
            + "/resourcegroups/rg-demo-mlops-demo/providers/Microsoft.Resources/deployments/ml-1";
    Answer put = cloud.send("PUT", deployment + "?api-version=2020-06-01", body);
    assertEquals(201, put.status(), () -> put.json().toString());
    Answer got = cloud.send("GET", deployment + "?api-version=2020-06-01", "");
    assertEquals(
        "Succeeded", got.text("/properties/provisioningState"), () -> got.json().toPrettyString());
    assertTrue(got.text("/properties/duration").matches("PT[0-9.]+S"));
    assertTrue(got.text("/id").contains("/resourceGroups/rg-demo-mlops-demo/"));
    String operations =
        deployment.replace("/providers/Microsoft.Resources", "")
            + "/operations?api-version=2020-06-01";
    Answer list = cloud.send("GET", operations, "");
    assertEquals(6, list.json().path("value").size(), () -> list.json().toPrettyString());
    String workspace =
        EmbeddedCloud.ARM
            + EmbeddedCloud.SUBSCRIPTION
            + "/resourceGroups/rg-demo-mlops-demo/providers/Microsoft.MachineLearningServices/workspaces/ml-mlopsdemo-demo-01?api-version=2025-06-01";
    assertEquals(
        "Dev Workspace", cloud.send("GET", workspace, "").text("/properties/friendlyName"));
    assertTrue(resources.resourceGroups().contain("DefaultResourceGroup-eastus2"));
  }

  private Answer deploy(String name, String template) {
    return send(name, "{'properties':{'mode':'Incremental','template':" + template + "}}");
  }

  private Answer send(String name, String body) {
    return cloud.send("PUT", DEPLOYMENTS + name + VERSION, json(body));
  }

  private static String template(String head, String resources, String outputs) {
    return json(
        "{'$schema':'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#','contentVersion':'1.0.0.0',"
            + head
            + "'resources':["
            + resources
            + "],'outputs':{"
            + outputs
            + "}}");
  }

  /** Single quotes for double ones, except inside text that is in double quotes already. */
  private static String json(String text) {
    StringBuilder json = new StringBuilder();
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      inside ^= c == '"';
      json.append(c == '\'' && !inside ? '"' : c);
    }
    return json.toString();
  }
}
