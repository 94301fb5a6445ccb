package mlops.emulator.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import mlops.emulator.ml.MlCloud.Answer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batch endpoints, their deployments, and how they are invoked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class BatchEndpointsTest {
  private static final String WS = MlCloud.WORKSPACE;
  private static final String ENDPOINT = WS + "/batchEndpoints/taxifare-b-mldemo-t-demo";
  private static final String DEPLOYMENT = ENDPOINT + "/deployments/batch-dp";
  private static final String BODY =
      "{'tags':{},'location':'eastus2','properties':{'authMode':'aadToken','description':'taxi'%s}}";
  private static final String SCORING =
      "https://taxifare-b-mldemo-t-demo.eastus2.inference.ml.azure.com/jobs";
  private static final String INPUT =
      "{'properties':{'inputData':{'UriFile':{'uri':'azureml://datastores/workspaceblobstore/paths/in.csv','jobInputType':'UriFile'}},'outputDataset':{'datastoreId':'%s','path':'taxioutput'}}}"
          .formatted(WS + "/datastores/workspaceblobstore");

  @TempDir Path folder;

  private static String deployment(String model) {
    return "{'location':'eastus2','properties':{'compute':'%s','model':{'referenceType':'Id','assetId':'%s'},'loggingLevel':'info','miniBatchSize':10,'outputFileName':'predictions.csv'}}"
        .formatted(WS + "/computes/cluster", model);
  }

  private MlCloud open() {
    MlCloud ml = MlCloud.in(folder);
    ml.put(
        WS + "/computes/cluster",
        "{'location':'eastus2','properties':{'computeType':'AmlCompute','properties':{'vmSize':'Standard_DS3_v2','scaleSettings':{'maxNodeCount':2}}}}");
    ml.blob("m/model.pkl");
    ml.put(
        WS + "/models/taxi/versions/1",
        "{'properties':{'modelType':'custom_model','modelUri':'azureml://datastores/workspaceblobstore/paths/m'}}");
    assertEquals(201, ml.put(ENDPOINT, BODY.formatted("")).status());
    return ml;
  }

  @Test
  void an_endpoint_has_a_scoring_address_and_a_default_that_exists() {
    MlCloud ml = open();
    JsonNode properties = ml.get(ENDPOINT).json().path("properties");
    assertEquals(SCORING, properties.path("scoringUri").asText());
    assertEquals("AADToken", properties.path("authMode").asText());
    assertEquals(400, ml.post(ENDPOINT + "/listkeys", "").status(), "there are tokens only");
    assertEquals(404, ml.post(WS + "/batchEndpoints/none/listkeys", "").status());
    String withDefault = BODY.formatted(",'defaults':{'deploymentName':'batch-dp'}");
    assertEquals(400, ml.put(ENDPOINT, withDefault).status());
    assertEquals(201, ml.put(DEPLOYMENT, deployment(WS + "/models/taxi/versions/1")).status());
    assertEquals(200, ml.put(ENDPOINT, withDefault).status());
    assertEquals(
        "batch-dp", ml.get(ENDPOINT).json().at("/properties/defaults/deploymentName").asText());
    Answer changed = ml.patch(ENDPOINT, "{'tags':{'a':'b'},'identity':{'type':'SystemAssigned'}}");
    assertEquals("b", changed.text("/tags/a"));
    assertTrue(changed.json().at("/identity/principalId").isTextual(), changed::toString);
    assertEquals("batch-dp", changed.text("/properties/defaults/deploymentName"));
    assertEquals(1, ml.get(WS + "/batchEndpoints").json().path("value").size());
    assertEquals(200, ml.delete(ENDPOINT).status());
    assertEquals(204, ml.delete(ENDPOINT).status());
    Answer gone = ml.get(ENDPOINT);
    assertEquals("NotFound", gone.code());
    assertEquals("NoSuchEndpoint", gone.json().at("/error/details/0/code").asText());
    ml.assertAsDocumented();
  }

  @Test
  void a_deployment_has_defaults_and_refers_to_what_exists() {
    MlCloud ml = open();
    Answer made = ml.put(DEPLOYMENT, deployment(WS + "/models/taxi/versions/1"));
    assertEquals(201, made.status());
    Answer operation = ml.get(made.header("Azure-AsyncOperation"));
    assertEquals("Succeeded", operation.json().path("status").asText());
    assertEquals("Info", made.json().at("/properties/loggingLevel").asText());
    assertEquals(-1, made.json().at("/properties/errorThreshold").asInt());
    assertEquals(3, made.json().at("/properties/retrySettings/maxRetries").asInt());
    assertEquals(404, ml.put(DEPLOYMENT, deployment(WS + "/models/taxi/versions/9")).status());
    String compute = deployment(WS + "/models/taxi/versions/1").replace("cluster", "none");
    assertEquals(404, ml.put(DEPLOYMENT, compute).status());
    String elsewhere = deployment(WS + "/models/taxi/versions/1").replace("predictions", "../up");
    assertEquals(400, ml.put(DEPLOYMENT, elsewhere).status());
    String other = ENDPOINT.replace("-demo", "-none") + "/deployments/x";
    assertEquals(404, ml.put(other, deployment(WS + "/models/taxi/versions/1")).status());
    assertEquals(200, ml.patch(DEPLOYMENT, "{'properties':{'description':'new'}}").status());
    assertEquals(1, ml.get(ENDPOINT + "/deployments").json().path("value").size());
    assertEquals(200, ml.delete(DEPLOYMENT).status());
    assertEquals(404, ml.get(DEPLOYMENT).status());
    ml.assertAsDocumented();
  }

  @Test
  void an_invocation_becomes_a_job_of_the_deployment() {
    MlCloud ml = open();
    ml.put(DEPLOYMENT, deployment(WS + "/models/taxi/versions/1"));
    Answer made = invoke(ml, INPUT, "https://ml.azure.com", "batch-dp");
    assertEquals(201, made.status(), () -> made.json().toString());
    String job = made.json().path("name").asText();
    assertEquals(DEPLOYMENT + "/jobs/" + job, made.json().path("id").asText());
    assertEquals("UriFile", made.json().at("/properties/inputData/UriFile/jobInputType").asText());
    JsonNode batch = ml.cloud().azure().state().read(WS + "/batchjobs/" + job).orElseThrow();
    assertEquals(DEPLOYMENT, batch.path("deploymentId").asText());
    assertEquals("taxioutput", batch.at("/output/path").asText());
    assertEquals("uri_file", batch.at("/input/jobInputType").asText());
    assertEquals("Pipeline", ml.get(WS + "/jobs/" + job).json().at("/properties/jobType").asText());
    String jobs = MlCloud.API + "/mferp/managementfrontend" + ENDPOINT + "/jobs";
    assertEquals(
        1, ml.get(jobs + "?api-version=2020-09-01-dataplanepreview").json().path("value").size());
    assertEquals(200, ml.get(made.header("Location")).status());
    String one = MlCloud.API + "/mferp/managementfrontend" + DEPLOYMENT + "/jobs/" + job;
    Answer found = ml.get(one + "?api-version=2020-09-01-dataplanepreview");
    assertEquals(job, found.json().path("name").asText());
    ml.await(WS + "/jobs/" + job);
  }

  @Test
  void an_output_of_the_newest_clients_is_a_folder_unless_its_name_has_an_extension() {
    MlCloud ml = open();
    ml.put(DEPLOYMENT, deployment(WS + "/models/taxi/versions/1"));
    Map<String, List<String>> places =
        Map.of(
            "taxioutput", List.of("taxioutput", ""),
            "a/b.d/scores", List.of("a/b.d/scores", ""),
            "a/rows.v1.csv", List.of("a", "rows.v1.csv"),
            "only.csv", List.of("", "only.csv"));
    places.forEach(
        (path, expected) -> {
          String output =
              "'outputData':{'output_name':{'uri':'azureml://datastores/workspaceblobstore/paths/%s','jobOutputType':'UriFile'}}}}"
                  .formatted(path);
          String body = INPUT.substring(0, INPUT.indexOf("'outputDataset'")) + output;
          Answer made = invoke(ml, body, "https://ml.azure.com", "batch-dp");
          assertEquals(201, made.status(), made.json()::toString);
          String job = made.json().path("name").asText();
          JsonNode batch = ml.cloud().azure().state().read(WS + "/batchjobs/" + job).orElseThrow();
          assertEquals(expected.get(0), batch.at("/output/path").asText());
          assertEquals(expected.get(1), batch.at("/overrides/outputFileName").asText());
          ml.await(WS + "/jobs/" + job);
        });
  }

  @Test
  void an_invocation_needs_a_deployment_an_input_a_role_and_the_right_token() {
    MlCloud ml = open();
    assertEquals(400, invoke(ml, INPUT, "https://ml.azure.com", "").status());
    assertEquals(404, invoke(ml, INPUT, "https://ml.azure.com", "none").status());
    ml.put(DEPLOYMENT, deployment(WS + "/models/taxi/versions/1"));
    assertEquals(401, invoke(ml, INPUT, "https://management.azure.com", "batch-dp").status());
    assertEquals(400, invoke(ml, "{'properties':{}}", "https://ml.azure.com", "batch-dp").status());
    String elsewhere = INPUT.replace("'outputDataset'", "'outputFileName':'..','outputDataset'");
    assertEquals(400, invoke(ml, elsewhere, "https://ml.azure.com", "").status());
    String nowhere = INPUT.replace("workspaceblobstore/paths", "none/paths");
    assertEquals(404, invoke(ml, nowhere, "https://ml.azure.com", "batch-dp").status());
    Answer denied = ml.sendAsStranger("POST", SCORING, INPUT);
    assertEquals(403, denied.status());
    assertTrue(denied.json().toString().contains("batchEndpoints/jobs/write"));
  }

  @Test
  void an_endpoint_name_is_taken_once_in_a_region() {
    MlCloud ml = open();
    String other = WS.replace("ml-one", "ml-two");
    assertEquals(200, ml.put(other, ml.workspaceBody("Other")).status());
    Answer taken = ml.put(other + "/batchEndpoints/taxifare-b-mldemo-t-demo", BODY.formatted(""));
    assertEquals(400, taken.status());
    assertEquals("EndpointAlreadyExists", taken.json().at("/error/details/0/code").asText());
    assertEquals(400, ml.put(WS + "/batchEndpoints/1wrong", BODY.formatted("")).status());
  }

  private static Answer invoke(MlCloud ml, String body, String audience, String deployment) {
    Map<String, String> headers =
        deployment.isEmpty() ? Map.of() : Map.of("azureml-model-deployment", deployment);
    return ml.send("POST", SCORING, body, ml.cloud().azure().userToken(audience), headers);
  }
}
